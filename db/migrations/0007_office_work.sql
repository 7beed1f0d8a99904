CREATE TABLE "report_files" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"to" timestamp (3) with time zone NOT NULL,
	"org_code" text,
	"asked_by" jsonb NOT NULL,
	"person_id" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"bytes" integer,
	"problem" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "report_files_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "responsibility_versions" (
	"site" text NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" jsonb NOT NULL,
	"items" jsonb NOT NULL,
	CONSTRAINT "responsibility_versions_site_version_pk" PRIMARY KEY("site","version")
);
--> statement-breakpoint
CREATE TABLE "retention_runs" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"rule" text NOT NULL,
	"before" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "retention_runs_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
ALTER TABLE "call_tickets" ADD COLUMN "item" jsonb;--> statement-breakpoint
CREATE INDEX "report_files_by_person" ON "report_files" USING btree ("site","person_id","id");--> statement-breakpoint
CREATE INDEX "report_files_by_state" ON "report_files" USING btree ("site","state","id");--> statement-breakpoint
CREATE INDEX "audit_by_person" ON "audit" USING btree ("site",(actor->>'personId'),"id");--> statement-breakpoint
CREATE INDEX "audit_by_action" ON "audit" USING btree ("site","action","id");