import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { markEveryDay } from "../../db/queries/stats/mark-day.ts";
import { EVENT_SOURCES, EVENT_STATUSES } from "../../services/domain/event.ts";
import type { EventLevel } from "../../services/domain/level.ts";
import { type CountedEvent, countsOf, type EventCounts } from "../../services/domain/rates.ts";

/** An event as far as figures care, and who held it. */
export interface MadeEvent extends CountedEvent {
  no: string;
  category: string;
  streetCode: string | null;
  gridCode: string | null;
  confidential: boolean;
  createdAt: Date;
  holders: string[];
}

/** Pseudo-random numbers from 0 on, below 1; the same ones for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @param around - they were created within ten days before and after it */
export function anyEvent(no: string, around: Date, chance: () => number): MadeEvent {
  const oneOf = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(chance() * values.length)] as Value;
  const near = (hours: number) =>
    new Date(around.getTime() + (chance() * 2 - 1) * hours * 3_600_000);
  const street = oneOf(["SLQ-WC", "SLQ-WC", "SLQ-LA", null]);
  return {
    no,
    status: oneOf(EVENT_STATUSES),
    level: oneOf<EventLevel>([1, 2, 3, 4]),
    source: oneOf(EVENT_SOURCES),
    category: oneOf(["env.binOverflow", "order.nightMarket", "facility.roadDamage"]),
    streetCode: street,
    gridCode: street === null ? null : `${street}-${oneOf(["NT-1", "NT-2"])}`,
    confidential: chance() < 0.1,
    createdAt: near(240),
    dueAt: chance() < 0.9 ? near(300) : null,
    completedAt: chance() < 0.6 ? near(300) : null,
    reopenCount: chance() < 0.2 ? 1 : 0,
    ratings: Array.from({ length: oneOf([0, 0, 1, 2]) }, () => oneOf([1, 2, 3, 4, 5])),
    holders: [...new Set([oneOf(["SLQ-ZF", "SLQ-SJ"]), oneOf(["SLQ-ZF", "SLQ-WC-HWS"])])].slice(
      0,
      oneOf([0, 1, 2]),
    ),
  };
}

/** Writes them with their reporters and holders; some reporters gave no rating. */
export async function insertMade(db: Db, events: readonly MadeEvent[]): Promise<void> {
  const rows = JSON.stringify(events);
  await db.rows(sql`
    insert into events (site, no, status, kind, category, level, urgency, summary, words, street_code, grid_code, source,
      confidential, reopen_count, parse, created_at, due_at, completed_at)
    select ${db.site}, no, status, 'report', category, level, 'normal', no, '', "streetCode", "gridCode", source,
      confidential, "reopenCount", '{}', "createdAt", "dueAt", "completedAt"
    from jsonb_to_recordset(${rows}::jsonb) as e(no text, status text, category text, level int, "streetCode" text,
      "gridCode" text, source text, confidential boolean, "reopenCount" int, "createdAt" timestamptz,
      "dueAt" timestamptz, "completedAt" timestamptz)`);
  await db.rows(sql`
    insert into event_reporters (site, id, event_no, channel, platform_user_id, conversation_id, conversation_type,
      words, first, rating, joined_at)
    select ${db.site}, gen_random_uuid(), e.no, 'sandbox', 'r' || n, 'c', 'group', '', false, r.stars, now()
    from jsonb_to_recordset(${rows}::jsonb) as e(no text, ratings jsonb),
      jsonb_array_elements_text(e.ratings || 'null'::jsonb) with ordinality as given(stars_text, n),
      lateral (select stars_text::int as stars) r`);
  await db.rows(sql`
    insert into event_assignees (site, id, event_no, org_code, role, assigned_at, ended_at)
    select ${db.site}, gen_random_uuid(), e.no, h, 'lead', now(), case when again = 1 then now() end
    from jsonb_to_recordset(${rows}::jsonb) as e(no text, holders jsonb),
      jsonb_array_elements_text(e.holders) as h, generate_series(1, 2) again`);
  await markEveryDay(db);
}

/** The sum of what each event counts as, by the definitions alone. */
export function countedByHand(events: readonly MadeEvent[], now: Date): EventCounts {
  const sum = countsOf(NOTHING, now);
  for (const name of Object.keys(sum) as (keyof EventCounts)[]) sum[name] = 0;
  for (const event of events) {
    const counts = countsOf(event, now);
    for (const name of Object.keys(sum) as (keyof EventCounts)[]) sum[name] += counts[name];
  }
  return sum;
}

const NOTHING: CountedEvent = {
  status: "draft",
  level: 1,
  source: "groupMessage",
  dueAt: null,
  completedAt: null,
  reopenCount: 0,
  ratings: [],
};
