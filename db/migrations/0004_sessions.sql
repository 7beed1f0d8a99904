CREATE TABLE "looks" (
	"site" text NOT NULL,
	"person_id" text NOT NULL,
	"subject_no" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "looks_site_person_id_pk" PRIMARY KEY("site","person_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"hash" text NOT NULL,
	"person_id" text NOT NULL,
	"device" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "sessions_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_by_hash" ON "sessions" USING btree ("site","hash");--> statement-breakpoint
CREATE INDEX "sessions_by_person" ON "sessions" USING btree ("site","person_id","created_at");