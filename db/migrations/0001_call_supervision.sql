ALTER TABLE "call_tickets" ADD COLUMN "approval_refusal" jsonb;--> statement-breakpoint
ALTER TABLE "call_tickets" ADD COLUMN "supervision" jsonb;