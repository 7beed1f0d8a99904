ALTER TABLE "event_day_changes" ALTER COLUMN "id" DROP DEFAULT;--> statement-breakpoint
-- The product's own writes mark the days now: a trigger could not be had on a table divided by districts.
DROP TRIGGER events_added ON events;--> statement-breakpoint
DROP TRIGGER events_changed ON events;--> statement-breakpoint
DROP TRIGGER events_removed ON events;--> statement-breakpoint
DROP TRIGGER event_assignees_added ON event_assignees;--> statement-breakpoint
DROP TRIGGER event_assignees_changed ON event_assignees;--> statement-breakpoint
DROP TRIGGER event_assignees_removed ON event_assignees;--> statement-breakpoint
DROP TRIGGER event_reporters_added ON event_reporters;--> statement-breakpoint
DROP TRIGGER event_reporters_changed ON event_reporters;--> statement-breakpoint
DROP TRIGGER event_reporters_removed ON event_reporters;--> statement-breakpoint
DROP FUNCTION mark_days_of_new_events();--> statement-breakpoint
DROP FUNCTION mark_days_of_old_events();--> statement-breakpoint
DROP FUNCTION mark_days_of_changed_events();--> statement-breakpoint
DROP FUNCTION mark_days_of_subject_events();--> statement-breakpoint
DROP FUNCTION mark_days_of_lost_subjects();
