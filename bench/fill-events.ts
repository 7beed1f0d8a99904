import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";

/**
 * Three years of events of ten streets with twenty grids each, in the order of time, every other one
 * rated. One in fifty is open, one in two hundred late.
 */
export async function fillEvents(database: Database, events: number, now: Date): Promise<void> {
  const range = sql`generate_series(1, ${events}::int) n`;
  await database.orm.execute(sql`
    insert into events (site, no, status, kind, category, platform, level, urgency, summary, words, street_code,
      grid_code, source, parse, created_at, due_at, completed_at, closed_at, reopen_count)
    select ${database.site}::text, 'SJ' || n,
      case when open then 'handling' when n % 10 = 3 then 'archived' when n % 40 = 1 then 'merged' else 'closed' end,
      'report', 'category.' || h % 60, 'lawEnforcement', 1 + h % 4, 'normal', '第' || n || '件', '',
      case when h % 10 = 0 then 'SLQ-WC' else 'street-' || h % 10 end, 'grid-' || h % 200,
      case when n % 4 = 0 then 'publicTip' else 'groupMessage' end, '{}', at,
      case when late then at + interval '3 hours' when open then ${now.toISOString()}::timestamptz + interval '3 days' else at + interval '3 days' end,
      case when open then null else at + interval '1 day' * (h % 5) end,
      case when open then null else at + interval '6 days' end, (n % 20 = 7)::int
    from (select n, hashtext(n::text) & 1048575 as h, n % 50 = 5 as open, n % 200 = 5 as late,
      ${now.toISOString()}::timestamptz - interval '1 second' * (94608000 * (1 - n::float8 / ${events}::int)) as at
      from ${range}) made`);
  await database.orm.execute(sql`
    insert into event_reporters (site, id, event_no, channel, platform_user_id, conversation_id, conversation_type, words, first, rating, joined_at)
    select ${database.site}::text, gen_random_uuid(), 'SJ' || n, 'sandbox', 'someone', 'nantang-1', 'group', '', true,
      case when n % 2 = 0 then 1 + (hashtext(n::text) & 1048575) % 5 end, now()
    from ${range}`);
  await database.orm.execute(sql`
    insert into event_assignees (site, id, event_no, org_code, role, assigned_at)
    select ${database.site}::text, gen_random_uuid(), 'SJ' || n, 'dept-' || (hashtext(n::text) & 1048575) % 40, 'lead', now()
    from ${range}`);
}
