CREATE TABLE "alarm_messages" (
	"site" text NOT NULL,
	"source_id" uuid NOT NULL,
	"message_id" text NOT NULL,
	"digest" text NOT NULL,
	"alarm_no" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "alarm_messages_site_source_id_message_id_pk" PRIMARY KEY("site","source_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "alarm_sources" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kinds" text[] NOT NULL,
	"street_code" text,
	"grid_codes" text[] NOT NULL,
	"secret" text NOT NULL,
	"former_secret" text,
	"former_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "alarm_sources_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "alarms" (
	"site" text NOT NULL,
	"no" text NOT NULL,
	"source_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"device" text NOT NULL,
	"place" text,
	"grid_code" text,
	"street_code" text,
	"lng" double precision,
	"lat" double precision,
	"reading" jsonb,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"picture_path" text,
	"picture_mime" text,
	"possible_event" text,
	"event_no" text,
	"decided_by" jsonb,
	"decided_at" timestamp (3) with time zone,
	"reason" text,
	CONSTRAINT "alarms_site_no_pk" PRIMARY KEY("site","no")
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"site" text NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"place" text,
	"grid_code" text,
	"lng" numeric,
	"lat" numeric,
	"contact_org" text,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "devices_site_code_pk" PRIMARY KEY("site","code")
);
--> statement-breakpoint
CREATE INDEX "alarm_messages_by_time" ON "alarm_messages" USING btree ("site","at");--> statement-breakpoint
CREATE INDEX "alarms_newest" ON "alarms" USING btree ("site","first_at","no");--> statement-breakpoint
CREATE INDEX "alarms_of_device" ON "alarms" USING btree ("site","kind","device","last_at");--> statement-breakpoint
CREATE INDEX "alarms_open" ON "alarms" USING btree ("site","kind") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "alarms_of_source" ON "alarms" USING btree ("site","source_id","device");--> statement-breakpoint
CREATE INDEX "alarms_of_event" ON "alarms" USING btree ("site","event_no");