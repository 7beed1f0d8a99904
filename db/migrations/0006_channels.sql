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
CREATE INDEX "accounts_of_person" ON "accounts" USING btree ("site","person_id");