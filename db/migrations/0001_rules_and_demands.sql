CREATE TABLE "deputies" (
	"site" text NOT NULL,
	"person_id" text NOT NULL,
	"deputy_id" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "deputies_site_person_id_first_day_pk" PRIMARY KEY("site","person_id","first_day")
);
--> statement-breakpoint
CREATE TABLE "duty_roster" (
	"site" text NOT NULL,
	"date" date NOT NULL,
	"org_code" text NOT NULL,
	"person_id" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "duty_roster_site_date_org_code_person_id_pk" PRIMARY KEY("site","date","org_code","person_id")
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"site" text NOT NULL,
	"name" text NOT NULL,
	"amount" integer NOT NULL,
	"unit" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "limits_site_name_pk" PRIMARY KEY("site","name")
);
--> statement-breakpoint
CREATE TABLE "working_hours" (
	"site" text NOT NULL,
	"part" text NOT NULL,
	"opens" text NOT NULL,
	"closes" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "working_hours_site_part_pk" PRIMARY KEY("site","part")
);
--> statement-breakpoint
CREATE TABLE "counted_calendars" (
	"site" text PRIMARY KEY NOT NULL,
	"days" jsonb NOT NULL,
	"hours" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy_versions" (
	"site" text NOT NULL,
	"version" text NOT NULL,
	"limits" jsonb NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "policy_versions_site_version_pk" PRIMARY KEY("site","version")
);
--> statement-breakpoint
ALTER TABLE "call_tickets" ADD COLUMN "approval_refusal" jsonb;--> statement-breakpoint
ALTER TABLE "call_tickets" ADD COLUMN "supervision" jsonb;