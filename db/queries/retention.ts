import { type SQL, sql } from "drizzle-orm";
import { RETENTION_DAYS, type RetentionRule } from "../../services/domain/retention.ts";
import type { Db } from "../client.ts";
import { erasedFiles, erasedWords } from "./erased.ts";

const EMPTY = JSON.stringify({ kind: "text", params: { text: "" } });

/**
 * Empties what was said before `before`: messages that were dealt with lose their words and sender,
 * messages that were sent lose their text, dialogs that nobody went on with end. Events keep the words
 * that belong to them.
 *
 * @returns how many rows of each were emptied
 */
export async function emptyOldMessages(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ incoming: number; outgoing: number }> {
  const moment = before.toISOString();
  const incoming = await db.rows(sql`
    update inbox set message = (message - 'raw') || jsonb_build_object('text', '', 'placeHint', null, 'onBehalfOf', null,
      'sender', jsonb_build_object('platformUserId', 'retired', 'nick', null)), reading = null, lane = 'retired'
    where site = ${db.site} and id in (
      select id from inbox where site = ${db.site} and status = 'done' and lane <> 'retired'
        and received_at < ${moment}::timestamptz order by id limit ${limit})
    returning id`);
  const outgoing = await db.rows(sql`
    update outbox set body = ${EMPTY}::jsonb, reply = null
    where site = ${db.site} and id in (
      select id from outbox where site = ${db.site} and status <> 'pending' and body <> ${EMPTY}::jsonb
        and created_at < ${moment}::timestamptz order by id limit ${limit})
    returning id`);
  await db.rows(sql`
    delete from dialog_states where site = ${db.site} and updated_at < ${moment}::timestamptz`);
  return { incoming: incoming.length, outgoing: outgoing.length };
}

/** Empties who rang a hotline and how its order came, of events that ended before `before`. */
export async function emptyOldCallers(db: Db, before: Date, limit: number): Promise<number> {
  const ended = await db.rows<{ line: string; no: string }>(sql`
    update hotline_orders set contact = null
    where site = ${db.site} and (line, no) in (
      select line, no from hotline_orders where site = ${db.site} and contact is not null
        and ended_at < ${before.toISOString()}::timestamptz order by ended_at limit ${limit})
    returning line, no`);
  await db.rows(sql`
    update hotline_updates u set raw = '{}'::jsonb
    from hotline_orders o where u.site = ${db.site} and o.site = u.site and o.line = u.line
      and o.no = u.order_no and o.ended_at < ${before.toISOString()}::timestamptz and u.raw <> '{}'::jsonb`);
  return ended.length;
}

/** How many rows fall due on a day. */
export interface RetentionDay {
  rule: RetentionRule;
  /** the day on which the night's run empties them; what should be gone already counts as the first */
  day: string;
  count: number;
}

/**
 * What the rules would empty until a day: the same conditions, nothing written. Days are of Asia/Shanghai.
 *
 * @param now - what is older than its time by now falls due today
 */
export const retentionAhead = (db: Db, now: Date, days: number): Promise<RetentionDay[]> => {
  const at = sql`${now.toISOString()}::timestamptz`;
  // What goes with the end of an event is due at once: nothing of it waits.
  const sinceTheEnd = sql`(${at} - interval '1 second')`;
  const part = (rule: RetentionRule, kept: SQL, from: SQL) => sql`
    select ${rule}::text as rule,
      to_char(greatest(${kept} + make_interval(days => ${RETENTION_DAYS[rule]}), ${at}) at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day,
      count(*)::int as count
    ${from} and ${kept} < ${at} - make_interval(days => ${RETENTION_DAYS[rule]}) + make_interval(days => ${days})
    group by 2`;
  return db.rows<RetentionDay & Record<string, unknown>>(sql`
    ${part("incoming", sql`received_at`, sql`from inbox where site = ${db.site} and status = 'done' and lane <> 'retired'`)}
    union all
    ${part("outgoing", sql`created_at`, sql`from outbox where site = ${db.site} and status <> 'pending' and body <> ${EMPTY}::jsonb`)}
    union all
    ${part(
      "signIns",
      sql`expires_at`,
      sql`from (select expires_at from sessions where site = ${db.site}
      union all select expires_at from links where site = ${db.site} and purpose = 'login') ended where true`,
    )}
    union all
    ${part("alarmPictures", sql`decided_at`, sql`from alarms where site = ${db.site} and state = 'falseAlarm' and picture_path is not null`)}
    union all
    ${part(
      "falseAlarms",
      sql`decided_at`,
      sql`from alarms where site = ${db.site} and state = 'falseAlarm' and kind in ('electricity', 'smoke')
      and (place is not null or lng is not null or reading is not null)`,
    )}
    union all
    ${part("alarmMessages", sql`at`, sql`from alarm_messages where site = ${db.site}`)}
    union all
    ${part("reportFiles", sql`finished_at`, sql`from report_files where site = ${db.site} and state = 'ready'`)}
    union all
    ${part("callers", sql`ended_at`, sql`from hotline_orders where site = ${db.site} and contact is not null and ended_at is not null`)}
    union all
    ${part("presses", sql`at`, sql`from presses where site = ${db.site}`)}
    union all
    ${part("deliveries", sql`at`, sql`from webhook_deliveries where site = ${db.site} and state in ('sent', 'failed')`)}
    union all
    ${part("erasedPictures", sinceTheEnd, erasedFiles(db))}
    union all
    ${part("erasedWords", sinceTheEnd, erasedWords(db))}
    order by 2, 1`);
};

/** Pictures that were kept: with events, and without any. */
export async function keptPictures(db: Db): Promise<{ ofEvents: number; alone: number }> {
  const [found] = await db.rows<{ ofEvents: number; alone: number }>(sql`
    select count(*) filter (where event_no is not null)::int as "ofEvents",
      count(*) filter (where event_no is null)::int as alone
    from attachments where site = ${db.site} and state = 'stored'`);
  return found ?? { ofEvents: 0, alone: 0 };
}
