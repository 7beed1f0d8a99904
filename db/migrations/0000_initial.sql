CREATE TABLE "call_photos" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"call_no" text NOT NULL,
	"dept_code" text NOT NULL,
	"path" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "call_photos_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "call_responses" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"call_no" text NOT NULL,
	"dept_code" text NOT NULL,
	"status" text NOT NULL,
	"headcount" integer,
	"promised" integer,
	"dispatched_at" timestamp (3) with time zone NOT NULL,
	"respond_by" timestamp (3) with time zone NOT NULL,
	"responded_at" timestamp (3) with time zone,
	"arrive_by" timestamp (3) with time zone NOT NULL,
	"eta_minutes" integer,
	"claim" jsonb,
	"check_in" jsonb,
	"completed_at" timestamp (3) with time zone,
	"completion" text,
	"complete_by" timestamp (3) with time zone,
	"decline_reason" text,
	"released_at" timestamp (3) with time zone,
	"score" double precision,
	"score_comment" text,
	"faults" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "call_responses_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "call_steps" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"call_no" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor" jsonb NOT NULL,
	"note" text,
	"message_id" uuid,
	CONSTRAINT "call_steps_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "call_tickets" (
	"site" text NOT NULL,
	"no" text NOT NULL,
	"status" text NOT NULL,
	"call_type" text NOT NULL,
	"item_no" text,
	"street_code" text NOT NULL,
	"cause" text NOT NULL,
	"summary" text NOT NULL,
	"place" jsonb NOT NULL,
	"wanted_depts" text[] NOT NULL,
	"report_at" timestamp (3) with time zone,
	"report_place" jsonb NOT NULL,
	"approval" jsonb,
	"created_by" jsonb NOT NULL,
	"event_no" text,
	"closing_opinion" text,
	"follow_up" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"dispatched_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"message_id" uuid,
	CONSTRAINT "call_tickets_site_no_pk" PRIMARY KEY("site","no")
);
--> statement-breakpoint
CREATE TABLE "links" (
	"site" text NOT NULL,
	"hash" text NOT NULL,
	"purpose" text NOT NULL,
	"subject_no" text NOT NULL,
	"org_code" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "links_site_hash_pk" PRIMARY KEY("site","hash")
);
--> statement-breakpoint
CREATE TABLE "upward_calls" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"call_no" text NOT NULL,
	"occasion" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"road" text,
	"sent_at" timestamp (3) with time zone,
	"receipt" text,
	"acknowledgement" text,
	"acknowledged_at" timestamp (3) with time zone,
	"problem" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "upward_calls_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "event_assignees" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"event_no" text NOT NULL,
	"org_code" text NOT NULL,
	"person_id" text,
	"role" text NOT NULL,
	"assigned_at" timestamp (3) with time zone NOT NULL,
	"signed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "event_assignees_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "event_reporters" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"event_no" text NOT NULL,
	"person_id" text,
	"channel" text NOT NULL,
	"platform_user_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"conversation_type" text NOT NULL,
	"reply" jsonb,
	"words" text NOT NULL,
	"message_id" uuid,
	"first" boolean NOT NULL,
	"rating" integer,
	"rated_at" timestamp (3) with time zone,
	"joined_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "event_reporters_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "event_steps" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"event_no" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor" jsonb NOT NULL,
	"note" text,
	"message_id" uuid,
	CONSTRAINT "event_steps_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"site" text NOT NULL,
	"no" text NOT NULL,
	"status" text NOT NULL,
	"kind" text NOT NULL,
	"category" text NOT NULL,
	"platform" text,
	"level" integer NOT NULL,
	"urgency" text NOT NULL,
	"summary" text NOT NULL,
	"words" text NOT NULL,
	"place_raw" text,
	"address_code" text,
	"grid_code" text,
	"lng" double precision,
	"lat" double precision,
	"street_code" text,
	"source" text NOT NULL,
	"time_text" text,
	"people" integer,
	"confidential" boolean DEFAULT false NOT NULL,
	"self_handled" boolean DEFAULT false NOT NULL,
	"missing" text[] DEFAULT '{}' NOT NULL,
	"clarify_rounds" integer DEFAULT 0 NOT NULL,
	"draft_until" timestamp (3) with time zone,
	"reporter_count" integer DEFAULT 1 NOT NULL,
	"reopen_count" integer DEFAULT 0 NOT NULL,
	"auto_reopened" boolean DEFAULT false NOT NULL,
	"merged_into" text,
	"escalated_at" timestamp (3) with time zone,
	"delay_request" jsonb,
	"delay_approved" boolean DEFAULT false NOT NULL,
	"supervision" jsonb,
	"reporter_told_at" timestamp (3) with time zone,
	"command_room_told_at" timestamp (3) with time zone,
	"accepted_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"parse" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"message_id" uuid,
	"message_item" integer,
	CONSTRAINT "events_site_no_pk" PRIMARY KEY("site","no")
);
--> statement-breakpoint
CREATE TABLE "obligations" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"subject_type" text NOT NULL,
	"subject_no" text NOT NULL,
	"duty" text NOT NULL,
	"owner_org" text,
	"owner_person" text,
	"natural" boolean NOT NULL,
	"urgent" boolean DEFAULT false NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"policy" jsonb NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"next_reminder_at" timestamp (3) with time zone,
	"fulfilled_at" timestamp (3) with time zone,
	"canceled_at" timestamp (3) with time zone,
	CONSTRAINT "obligations_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "patrol_logs" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"grid_code" text,
	"at" timestamp (3) with time zone NOT NULL,
	"counts" jsonb NOT NULL,
	"message_id" uuid,
	CONSTRAINT "patrol_logs_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"event_no" text,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"ref" text NOT NULL,
	"file_name" text,
	"transcript" text,
	"state" text DEFAULT 'pending' NOT NULL,
	"path" text,
	"mime" text,
	"bytes" integer,
	"sha256" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"problem" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "attachments_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "dialog_states" (
	"site" text NOT NULL,
	"lane" text NOT NULL,
	"state" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dialog_states_site_lane_pk" PRIMARY KEY("site","lane")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"channel" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"lane" text NOT NULL,
	"message" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"handled_at" timestamp (3) with time zone,
	"kind" text,
	"reading" jsonb,
	"error" text,
	CONSTRAINT "inbox_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"conversation_id" text,
	"platform_user_id" text,
	"mentions" text[] DEFAULT '{}' NOT NULL,
	"priority" text NOT NULL,
	"reply" jsonb,
	"body" jsonb NOT NULL,
	"not_before" timestamp (3) with time zone,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"next_try_at" timestamp (3) with time zone,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"platform_message_id" text,
	CONSTRAINT "outbox_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "product_clock" (
	"site" text PRIMARY KEY NOT NULL,
	"offset_ms" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "residents" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"channel" text NOT NULL,
	"platform_user_id" text NOT NULL,
	"notice_given_at" timestamp (3) with time zone,
	"erased" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "residents_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "sandbox_messages" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"conversation_id" text NOT NULL,
	"from" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sandbox_messages_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "addresses" (
	"site" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"aliases" text[] NOT NULL,
	"kind" text NOT NULL,
	"grid_code" text,
	"lng" numeric,
	"lat" numeric,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "addresses_site_code_pk" PRIMARY KEY("site","code")
);
--> statement-breakpoint
CREATE TABLE "calendar_days" (
	"site" text NOT NULL,
	"date" date NOT NULL,
	"kind" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "calendar_days_site_date_pk" PRIMARY KEY("site","date")
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"site" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"platform" text,
	"lead" text,
	"support" text,
	"standard_code" text,
	"level" integer NOT NULL,
	"urgency" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "categories_site_slug_pk" PRIMARY KEY("site","slug")
);
--> statement-breakpoint
CREATE TABLE "grids" (
	"site" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"community_code" text NOT NULL,
	"class" integer NOT NULL,
	"kind" text NOT NULL,
	"lng" numeric,
	"lat" numeric,
	"boundary" text,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "grids_site_code_pk" PRIMARY KEY("site","code")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"site" text NOT NULL,
	"channel" text NOT NULL,
	"conversation_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"grid_code" text,
	"org_code" text,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "groups_site_channel_conversation_id_pk" PRIMARY KEY("site","channel","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "orgs" (
	"site" text NOT NULL,
	"code" text NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"parent_code" text,
	"platform" text,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "orgs_site_code_pk" PRIMARY KEY("site","code")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"site" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"org_code" text NOT NULL,
	"roles" text[] NOT NULL,
	"grid_codes" text[] NOT NULL,
	"phone" text,
	"dingtalk_user_id" text,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "people_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "responsibility_items" (
	"site" text NOT NULL,
	"no" text NOT NULL,
	"name" text NOT NULL,
	"categories" text[] NOT NULL,
	"lead_dept" text NOT NULL,
	"support_depts" text[] NOT NULL,
	"headcount" integer,
	"respond_minutes" integer,
	"arrive_minutes" integer,
	"complete_workdays" integer,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "responsibility_items_site_no_pk" PRIMARY KEY("site","no")
);
--> statement-breakpoint
CREATE TABLE "routing_rules" (
	"site" text NOT NULL,
	"category" text NOT NULL,
	"street_code" text DEFAULT '' NOT NULL,
	"lead_org" text NOT NULL,
	"support_orgs" text[] NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "routing_rules_site_category_street_code_pk" PRIMARY KEY("site","category","street_code")
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"site" text PRIMARY KEY NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"imported_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"site" text NOT NULL,
	"hash" text NOT NULL,
	"person_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_tokens_site_hash_pk" PRIMARY KEY("site","hash")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_no" text,
	"outcome" text NOT NULL,
	"reason" text,
	CONSTRAINT "audit_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"site" text NOT NULL,
	"name" text NOT NULL,
	"day" text NOT NULL,
	"value" integer NOT NULL,
	CONSTRAINT "counters_site_name_day_pk" PRIMARY KEY("site","name","day")
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"site" text NOT NULL,
	"id" uuid NOT NULL,
	"channel" text NOT NULL,
	"platform_user_id" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	"result" jsonb,
	CONSTRAINT "erasures_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE INDEX "call_photos_of" ON "call_photos" USING btree ("site","call_no");--> statement-breakpoint
CREATE INDEX "call_responses_of" ON "call_responses" USING btree ("site","call_no");--> statement-breakpoint
CREATE INDEX "call_responses_by_dept" ON "call_responses" USING btree ("site","dept_code","dispatched_at");--> statement-breakpoint
CREATE INDEX "call_steps_of" ON "call_steps" USING btree ("site","call_no","id");--> statement-breakpoint
CREATE INDEX "call_tickets_newest" ON "call_tickets" USING btree ("site","created_at","no");--> statement-breakpoint
CREATE INDEX "call_tickets_by_status" ON "call_tickets" USING btree ("site","status","created_at");--> statement-breakpoint
CREATE INDEX "call_tickets_by_street" ON "call_tickets" USING btree ("site","street_code","created_at");--> statement-breakpoint
CREATE INDEX "call_tickets_of_message" ON "call_tickets" USING btree ("site","message_id");--> statement-breakpoint
CREATE INDEX "links_of" ON "links" USING btree ("site","subject_no");--> statement-breakpoint
CREATE INDEX "upward_calls_of" ON "upward_calls" USING btree ("site","call_no");--> statement-breakpoint
CREATE INDEX "upward_calls_pending" ON "upward_calls" USING btree ("site","id") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "event_assignees_of" ON "event_assignees" USING btree ("site","event_no");--> statement-breakpoint
CREATE INDEX "event_assignees_by_org" ON "event_assignees" USING btree ("site","org_code") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "event_reporters_once" ON "event_reporters" USING btree ("site","event_no","channel","platform_user_id");--> statement-breakpoint
CREATE INDEX "event_reporters_by_user" ON "event_reporters" USING btree ("site","channel","platform_user_id","joined_at");--> statement-breakpoint
CREATE INDEX "event_steps_of" ON "event_steps" USING btree ("site","event_no","id");--> statement-breakpoint
CREATE UNIQUE INDEX "events_once" ON "events" USING btree ("site","message_id","message_item");--> statement-breakpoint
CREATE INDEX "events_newest" ON "events" USING btree ("site","created_at","no");--> statement-breakpoint
CREATE INDEX "events_by_status" ON "events" USING btree ("site","status","created_at");--> statement-breakpoint
CREATE INDEX "events_near" ON "events" USING btree ("site","grid_code","category","created_at");--> statement-breakpoint
CREATE INDEX "events_drafts" ON "events" USING btree ("site","draft_until") WHERE status = 'draft';--> statement-breakpoint
CREATE INDEX "obligations_of" ON "obligations" USING btree ("site","subject_no");--> statement-breakpoint
CREATE INDEX "obligations_due" ON "obligations" USING btree ("site","due_at","id") WHERE fulfilled_at is null and canceled_at is null;--> statement-breakpoint
CREATE INDEX "obligations_remind" ON "obligations" USING btree ("site","next_reminder_at") WHERE fulfilled_at is null and canceled_at is null;--> statement-breakpoint
CREATE INDEX "obligations_by_owner" ON "obligations" USING btree ("site","owner_org") WHERE fulfilled_at is null and canceled_at is null;--> statement-breakpoint
CREATE INDEX "patrol_logs_by_time" ON "patrol_logs" USING btree ("site","at");--> statement-breakpoint
CREATE INDEX "attachments_pending" ON "attachments" USING btree ("site","id") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "attachments_of_event" ON "attachments" USING btree ("site","event_no");--> statement-breakpoint
CREATE INDEX "attachments_of_message" ON "attachments" USING btree ("site","message_id");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_once" ON "inbox" USING btree ("site","channel","dedupe_key");--> statement-breakpoint
CREATE INDEX "inbox_pending" ON "inbox" USING btree ("site","lane","id") WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_once" ON "outbox" USING btree ("site","key");--> statement-breakpoint
CREATE INDEX "outbox_to" ON "outbox" USING btree ("site","address","id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("site","priority","id") WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "residents_once" ON "residents" USING btree ("site","channel","platform_user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sandbox_messages_once" ON "sandbox_messages" USING btree ("site","key");--> statement-breakpoint
CREATE INDEX "sandbox_messages_of" ON "sandbox_messages" USING btree ("site","conversation_id","id");--> statement-breakpoint
CREATE INDEX "addresses_by_grid" ON "addresses" USING btree ("site","grid_code");--> statement-breakpoint
CREATE INDEX "groups_by_org" ON "groups" USING btree ("site","org_code");--> statement-breakpoint
CREATE INDEX "orgs_children" ON "orgs" USING btree ("site","parent_code");--> statement-breakpoint
CREATE INDEX "people_by_dingtalk" ON "people" USING btree ("site","dingtalk_user_id");--> statement-breakpoint
CREATE INDEX "people_by_org" ON "people" USING btree ("site","org_code");--> statement-breakpoint
CREATE INDEX "api_tokens_by_person" ON "api_tokens" USING btree ("site","person_id");--> statement-breakpoint
CREATE INDEX "audit_of" ON "audit" USING btree ("site","subject_no","id");