import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/**
 * The next moment after `now`, up to `until`, at which time alone makes something happen: a reminder, a
 * draft that runs out, a message held back, a silence or absence that becomes evidence. Null for none.
 */
export async function nextDueMoment(db: Db, now: Date, until: Date): Promise<Date | null> {
  const after = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.rows<{ next: Date | string | null }>(sql`
    select min(moment) as next from (
      select min(next_reminder_at) as moment from obligations
        where site = ${db.site} and fulfilled_at is null and canceled_at is null and next_reminder_at > ${after}
      union all
      select min(draft_until) from events
        where site = ${db.site} and status = 'draft' and draft_until > ${after}
      union all
      select min(not_before) from outbox
        where site = ${db.site} and status = 'pending' and not_before > ${after}
      union all
      select min(respond_by) from call_responses
        where site = ${db.site} and released_at is null and responded_at is null and respond_by > ${after}
      union all
      select min(arrive_by) + interval '60 minutes' from call_responses
        where site = ${db.site} and released_at is null and check_in is null
          and arrive_by + interval '60 minutes' > ${after}
    ) moments
    where moment <= ${until.toISOString()}::timestamptz`);
  return row?.next == null ? null : new Date(row.next);
}
