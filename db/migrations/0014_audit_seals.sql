CREATE TABLE "audit_seals" (
	"site" text NOT NULL,
	"seq" integer NOT NULL,
	"through_id" uuid NOT NULL,
	"entries" integer NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_seals_site_seq_pk" PRIMARY KEY("site","seq")
);
