CREATE TABLE "contact_index_keys" (
	"site" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "privacy_records" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"version" text NOT NULL,
	"occasion" text NOT NULL,
	"channel" text NOT NULL,
	"platform_user_id" text,
	"conversation_id" text,
	CONSTRAINT "privacy_records_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
ALTER TABLE "attachments" ADD COLUMN "erased" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "privacy_records_of" ON "privacy_records" USING btree ("site","channel","platform_user_id");--> statement-breakpoint
CREATE INDEX "privacy_records_in" ON "privacy_records" USING btree ("site","channel","conversation_id");--> statement-breakpoint
CREATE INDEX "attachments_erased" ON "attachments" USING btree ("site","id") WHERE erased;