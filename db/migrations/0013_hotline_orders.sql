CREATE TABLE "hotline_answers" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"line" text NOT NULL,
	"order_no" text NOT NULL,
	"event_no" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"text" text NOT NULL,
	"org_name" text,
	"at" timestamp (3) with time zone NOT NULL,
	"send_state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"road" text,
	"sent_at" timestamp (3) with time zone,
	"receipt" text,
	"problem" text,
	CONSTRAINT "hotline_answers_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "hotline_mails" (
	"site" text NOT NULL,
	"line" text NOT NULL,
	"message_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"orders" integer NOT NULL,
	"reason" text,
	CONSTRAINT "hotline_mails_site_line_message_id_pk" PRIMARY KEY("site","line","message_id")
);
--> statement-breakpoint
CREATE TABLE "hotline_mappings" (
	"site" text NOT NULL,
	"line" text NOT NULL,
	"kind" text NOT NULL,
	"theirs" text NOT NULL,
	"ours" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "hotline_mappings_site_line_kind_theirs_ours_pk" PRIMARY KEY("site","line","kind","theirs","ours")
);
--> statement-breakpoint
CREATE TABLE "hotline_nonces" (
	"site" text NOT NULL,
	"nonce" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "hotline_nonces_site_nonce_pk" PRIMARY KEY("site","nonce")
);
--> statement-breakpoint
CREATE TABLE "hotline_orders" (
	"site" text NOT NULL,
	"line" text NOT NULL,
	"no" text NOT NULL,
	"event_no" text,
	"dedupe_key" text NOT NULL,
	"road" text NOT NULL,
	"state" text,
	"told_state" text,
	"due_at" timestamp (3) with time zone,
	"changed_at" timestamp (3) with time zone,
	"urges" integer,
	"words" text NOT NULL,
	"supplement" text DEFAULT '' NOT NULL,
	"contact" jsonb,
	"platform_user_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "hotline_orders_site_line_no_pk" PRIMARY KEY("site","line","no")
);
--> statement-breakpoint
CREATE TABLE "hotline_updates" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"line" text NOT NULL,
	"order_no" text NOT NULL,
	"digest" text NOT NULL,
	"road" text NOT NULL,
	"changed_at" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone NOT NULL,
	"state" text,
	"asks" text[] DEFAULT '{}' NOT NULL,
	"words" text NOT NULL,
	"due_at" timestamp (3) with time zone,
	"closed_there" boolean DEFAULT false NOT NULL,
	"raw" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	CONSTRAINT "hotline_updates_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "own_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "hotline_due_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "hotline_answers_of" ON "hotline_answers" USING btree ("site","line","order_no","id");--> statement-breakpoint
CREATE INDEX "hotline_answers_pending" ON "hotline_answers" USING btree ("site","line","id") WHERE send_state = 'pending';--> statement-breakpoint
CREATE INDEX "hotline_nonces_by_time" ON "hotline_nonces" USING btree ("site","at");--> statement-breakpoint
CREATE INDEX "hotline_orders_of" ON "hotline_orders" USING btree ("site","event_no");--> statement-breakpoint
CREATE INDEX "hotline_orders_newest" ON "hotline_orders" USING btree ("site","line","received_at","no");--> statement-breakpoint
CREATE INDEX "hotline_orders_by_caller" ON "hotline_orders" USING btree ("site","platform_user_id");--> statement-breakpoint
CREATE INDEX "hotline_orders_ended" ON "hotline_orders" USING btree ("site","ended_at") WHERE contact is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "hotline_updates_once" ON "hotline_updates" USING btree ("site","line","order_no","digest");