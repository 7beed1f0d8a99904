-- Two tables that only grow become one partition a month, by ranges of their ids, which are made of time
-- (UUIDv7). Keys and indexes stay what they were. Every row is moved; rights that were granted on these
-- two tables have to be granted again.
ALTER TABLE "event_steps" RENAME TO "event_steps_before";--> statement-breakpoint
ALTER TABLE "audit" RENAME TO "audit_before";--> statement-breakpoint
CREATE TABLE "event_steps" (LIKE "event_steps_before" INCLUDING DEFAULTS) PARTITION BY RANGE ("id");--> statement-breakpoint
CREATE TABLE "audit" (LIKE "audit_before" INCLUDING DEFAULTS) PARTITION BY RANGE ("id");--> statement-breakpoint
CREATE TABLE "event_steps_rest" PARTITION OF "event_steps" DEFAULT;--> statement-breakpoint
CREATE TABLE "audit_rest" PARTITION OF "audit" DEFAULT;--> statement-breakpoint
-- The months there are rows of, up to three months from now: later ones are made by the product.
DO $$
DECLARE
	one text;
	month date;
BEGIN
	FOREACH one IN ARRAY ARRAY['event_steps', 'audit'] LOOP
		FOR month IN EXECUTE format($q$
			SELECT date_trunc('month', at)::date FROM (
				SELECT to_timestamp((('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint) / 1000.0)
					AT TIME ZONE 'Asia/Shanghai' AS at
				FROM %I WHERE substr(id::text, 15, 1) = '7') made
			WHERE at BETWEEN '2020-01-01' AND now() + interval '3 months'
			UNION
			SELECT (date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai') + ahead * interval '1 month')::date
			FROM generate_series(0, 3) ahead
			ORDER BY 1$q$, one || '_before')
		LOOP
			EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
				one || '_' || to_char(month, 'YYYY_MM'), one,
				lpad(to_hex((extract(epoch FROM month::timestamp AT TIME ZONE 'Asia/Shanghai') * 1000)::bigint), 12, '0')
					|| '70008000000000000000',
				lpad(to_hex((extract(epoch FROM (month + interval '1 month') AT TIME ZONE 'Asia/Shanghai') * 1000)::bigint), 12, '0')
					|| '70008000000000000000');
		END LOOP;
	END LOOP;
END $$;--> statement-breakpoint
INSERT INTO "event_steps" SELECT * FROM "event_steps_before";--> statement-breakpoint
INSERT INTO "audit" SELECT * FROM "audit_before";--> statement-breakpoint
DROP TABLE "event_steps_before";--> statement-breakpoint
DROP TABLE "audit_before";--> statement-breakpoint
ALTER TABLE "event_steps" ADD CONSTRAINT "event_steps_site_id_pk" PRIMARY KEY("site","id");--> statement-breakpoint
CREATE INDEX "event_steps_of" ON "event_steps" USING btree ("site","event_no","id");--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_site_id_pk" PRIMARY KEY("site","id");--> statement-breakpoint
CREATE INDEX "audit_of" ON "audit" USING btree ("site","subject_no","id");--> statement-breakpoint
CREATE INDEX "audit_by_person" ON "audit" USING btree ("site",(actor->>'personId'),"id");--> statement-breakpoint
CREATE INDEX "audit_by_action" ON "audit" USING btree ("site","action","id");
