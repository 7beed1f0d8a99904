CREATE TABLE "event_day_changes" (
	"site" text NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "event_day_changes_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "event_day_counts" (
	"site" text NOT NULL,
	"scope" text NOT NULL,
	"by" text NOT NULL,
	"day" date NOT NULL,
	"key" text NOT NULL,
	"confidential" boolean NOT NULL,
	"created" integer NOT NULL,
	"counted" integer NOT NULL,
	"open" integer NOT NULL,
	"done" integer NOT NULL,
	"done_on_time" integer NOT NULL,
	"done_late" integer NOT NULL,
	"closed" integer NOT NULL,
	"grid_to_street" integer NOT NULL,
	"public_tips" integer NOT NULL,
	"level_three_up" integer NOT NULL,
	"ever_completed" integer NOT NULL,
	"reopened" integer NOT NULL,
	"ratings" integer NOT NULL,
	"satisfied" integer NOT NULL,
	CONSTRAINT "event_day_counts_site_scope_by_day_key_confidential_pk" PRIMARY KEY("site","scope","by","day","key","confidential")
);
--> statement-breakpoint
CREATE INDEX "event_day_counts_of_day" ON "event_day_counts" USING btree ("site","day");--> statement-breakpoint
CREATE INDEX "events_open_by_due" ON "events" USING btree ("site","due_at","created_at","street_code","confidential") WHERE status not in ('completed', 'verified', 'closed', 'archived', 'merged', 'withdrawn', 'rejected');--> statement-breakpoint
-- Whoever changes events, their assignees or their ratings, in whatever way, leaves a mark on the days of
-- their creation in the same transaction. One function per kind of change: a trigger that sees whole
-- statements knows the rows by the names it is given.
CREATE FUNCTION mark_days_of_new_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO event_day_changes (site, day)
	SELECT DISTINCT site, (created_at AT TIME ZONE 'Asia/Shanghai')::date FROM after_change;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_days_of_old_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO event_day_changes (site, day)
	SELECT DISTINCT site, (created_at AT TIME ZONE 'Asia/Shanghai')::date FROM before_change;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_days_of_changed_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO event_day_changes (site, day)
	SELECT site, (created_at AT TIME ZONE 'Asia/Shanghai')::date FROM before_change
	UNION SELECT site, (created_at AT TIME ZONE 'Asia/Shanghai')::date FROM after_change;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_days_of_subject_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO event_day_changes (site, day)
	SELECT DISTINCT e.site, (e.created_at AT TIME ZONE 'Asia/Shanghai')::date
	FROM after_change c JOIN events e ON e.site = c.site AND e.no = c.event_no;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_days_of_lost_subjects() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO event_day_changes (site, day)
	SELECT DISTINCT e.site, (e.created_at AT TIME ZONE 'Asia/Shanghai')::date
	FROM before_change c JOIN events e ON e.site = c.site AND e.no = c.event_no;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_added AFTER INSERT ON events REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_new_events();--> statement-breakpoint
CREATE TRIGGER events_changed AFTER UPDATE ON events REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_changed_events();--> statement-breakpoint
CREATE TRIGGER events_removed AFTER DELETE ON events REFERENCING OLD TABLE AS before_change FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_old_events();--> statement-breakpoint
CREATE TRIGGER event_assignees_added AFTER INSERT ON event_assignees REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_subject_events();--> statement-breakpoint
CREATE TRIGGER event_assignees_changed AFTER UPDATE ON event_assignees REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_subject_events();--> statement-breakpoint
CREATE TRIGGER event_assignees_removed AFTER DELETE ON event_assignees REFERENCING OLD TABLE AS before_change FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_lost_subjects();--> statement-breakpoint
CREATE TRIGGER event_reporters_added AFTER INSERT ON event_reporters REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_subject_events();--> statement-breakpoint
CREATE TRIGGER event_reporters_changed AFTER UPDATE ON event_reporters REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_subject_events();--> statement-breakpoint
CREATE TRIGGER event_reporters_removed AFTER DELETE ON event_reporters REFERENCING OLD TABLE AS before_change FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_lost_subjects();--> statement-breakpoint
-- What was there before is counted by the job that counts every changed day.
INSERT INTO event_day_changes (site, day) SELECT DISTINCT site, (created_at AT TIME ZONE 'Asia/Shanghai')::date FROM events;
