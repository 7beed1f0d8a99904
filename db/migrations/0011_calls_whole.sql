ALTER TABLE "call_responses" ADD COLUMN "delay_request" jsonb;--> statement-breakpoint
ALTER TABLE "call_responses" ADD COLUMN "delay_approved" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "call_tickets" ADD COLUMN "demands" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "demands" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "about" text;--> statement-breakpoint
-- The one demand that could be open becomes the first of several, and the duty to answer it is of that demand.
UPDATE "call_tickets" SET "demands" = jsonb_build_array(("supervision" - 'answerTo') || jsonb_build_object('answerOffice', "supervision" -> 'answerTo', 'answerTo', null)) WHERE jsonb_typeof("supervision") = 'object';--> statement-breakpoint
UPDATE "events" SET "demands" = jsonb_build_array("supervision" || '{"answerTo": null}') WHERE jsonb_typeof("supervision") = 'object';--> statement-breakpoint
UPDATE "obligations" o SET "about" = concat(e."demands" -> 0 ->> 'kind', ' ', e."demands" -> 0 ->> 'by', ' ', e."demands" -> 0 ->> 'at') FROM "events" e WHERE o."duty" = 'answerSupervision' AND o."subject_type" = 'event' AND e."site" = o."site" AND e."no" = o."subject_no" AND o."fulfilled_at" IS NULL AND o."canceled_at" IS NULL;--> statement-breakpoint
UPDATE "obligations" o SET "about" = concat(c."demands" -> 0 ->> 'kind', ' ', c."demands" -> 0 ->> 'by', ' ', c."demands" -> 0 ->> 'at') FROM "call_tickets" c WHERE o."duty" = 'answerSupervision' AND o."subject_type" = 'callTicket' AND c."site" = o."site" AND c."no" = o."subject_no" AND o."fulfilled_at" IS NULL AND o."canceled_at" IS NULL;--> statement-breakpoint
ALTER TABLE "call_tickets" DROP COLUMN "supervision";--> statement-breakpoint
ALTER TABLE "events" DROP COLUMN "supervision";
