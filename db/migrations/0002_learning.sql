CREATE TABLE "classifiers" (
	"site" text NOT NULL,
	"version" integer NOT NULL,
	"trained_at" timestamp (3) with time zone NOT NULL,
	"trust" double precision NOT NULL,
	"report" jsonb NOT NULL,
	"model" text NOT NULL,
	"in_use" boolean DEFAULT false NOT NULL,
	CONSTRAINT "classifiers_site_version_pk" PRIMARY KEY("site","version")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "classifiers_in_use" ON "classifiers" USING btree ("site") WHERE in_use;