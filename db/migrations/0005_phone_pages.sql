CREATE TABLE "event_photos" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"event_no" text NOT NULL,
	"stage" text NOT NULL,
	"by" jsonb NOT NULL,
	"path" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "event_photos_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "place_aliases" (
	"site" text NOT NULL,
	"alias" text NOT NULL,
	"address_code" text NOT NULL,
	"taught_by" text,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "place_aliases_site_alias_pk" PRIMARY KEY("site","alias")
);
--> statement-breakpoint
CREATE TABLE "presses" (
	"site" text NOT NULL,
	"who" text NOT NULL,
	"key" uuid NOT NULL,
	"subject_no" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "presses_site_who_key_pk" PRIMARY KEY("site","who","key")
);
--> statement-breakpoint
ALTER TABLE "sessions" ALTER COLUMN "person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "call_photos" ADD COLUMN "stage" text DEFAULT 'arrival' NOT NULL;--> statement-breakpoint
ALTER TABLE "patrol_logs" ADD COLUMN "started_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "patrol_logs" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "patrol_logs" ADD COLUMN "lng" double precision;--> statement-breakpoint
ALTER TABLE "patrol_logs" ADD COLUMN "lat" double precision;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "token_hash" text;--> statement-breakpoint
CREATE INDEX "event_photos_of" ON "event_photos" USING btree ("site","event_no","created_at");--> statement-breakpoint
CREATE INDEX "presses_by_time" ON "presses" USING btree ("site","at");