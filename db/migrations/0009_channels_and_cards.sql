CREATE TABLE "cards" (
	"site" text NOT NULL,
	"id" text NOT NULL,
	"channel" text NOT NULL,
	"subject_no" text NOT NULL,
	"purpose" text NOT NULL,
	"org_code" text,
	"linked" boolean DEFAULT false NOT NULL,
	"address" text NOT NULL,
	"conversation_id" text,
	"platform_user_id" text,
	"state" text DEFAULT 'open' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"changes" integer DEFAULT 0 NOT NULL,
	"shown" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cards_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"site" text NOT NULL,
	"channel" text NOT NULL,
	"platform_user_id" text NOT NULL,
	"person_id" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "accounts_site_channel_platform_user_id_pk" PRIMARY KEY("site","channel","platform_user_id")
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"site" text NOT NULL,
	"channel" text NOT NULL,
	"platform_user_id" text NOT NULL,
	"grid_code" text,
	"heard_at" timestamp (3) with time zone,
	"sent" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "contacts_site_channel_platform_user_id_pk" PRIMARY KEY("site","channel","platform_user_id")
);
--> statement-breakpoint
CREATE TABLE "cursors" (
	"site" text NOT NULL,
	"name" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "cursors_site_name_pk" PRIMARY KEY("site","name")
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"site" text NOT NULL,
	"name" text NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "leads_site_name_pk" PRIMARY KEY("site","name")
);
--> statement-breakpoint
CREATE INDEX "cards_of_subject" ON "cards" USING btree ("site","subject_no");--> statement-breakpoint
CREATE INDEX "cards_outdated" ON "cards" USING btree ("site","id") WHERE changes > shown;--> statement-breakpoint
CREATE INDEX "cards_open" ON "cards" USING btree ("site","expires_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "accounts_of_person" ON "accounts" USING btree ("site","person_id");