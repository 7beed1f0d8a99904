import { sql } from "drizzle-orm";
import { openDatabase } from "../../../db/client.ts";
import type { Town } from "./town.ts";

/** What must be nought, or nearly, after everything that went wrong. */
export interface Tally {
  /** reports that were acknowledged and became no event */
  lost: string[];
  /** doors with more than one event */
  doubled: string[];
  /** events that nobody owes anything on */
  withoutDuty: string[];
  /** events nobody was told the number of */
  unanswered: string[];
  /** messages that neither became something nor will, and words that were given up */
  stuck: number;
  /** words that somebody read twice, with the moment of the first time */
  repeated: { text: string; to: string; at: number }[];
  events: number;
}

/** Compares what DingTalk brought and heard with what the database holds. The product may be stopped. */
export async function tally(town: Town): Promise<Tally> {
  const database = await openDatabase(town.databaseUrl, "main");
  try {
    const events = await database.rows<{ no: string; words: string; owed: number }>(sql`
      select no, words, (select count(*)::int from obligations o where o.site = e.site
        and o.subject_no = e.no and o.fulfilled_at is null and o.canceled_at is null) as owed
      from events e order by no`);
    const [left] = await database.rows<{ stuck: number }>(sql`
      select (select count(*) from inbox where status <> 'done')::int
        + (select count(*) from outbox where status in ('pending', 'failed')
            and (not_before is null or not_before <= now()))::int as stuck`);
    const ofDoor = (door: string) => events.filter(({ words }) => words.includes(`寓${door}门`));
    const acked = [];
    for (const report of town.reports)
      if (((await report.delivery)?.acks.length ?? 0) > 0) acked.push(report);
    const sent = town.gateway.sent();
    return {
      lost: acked.flatMap(({ door }) => (ofDoor(door).length === 0 ? [door] : [])),
      doubled: town.reports.flatMap(({ door }) => (ofDoor(door).length > 1 ? [door] : [])),
      withoutDuty: events.flatMap(({ no, owed }) => (owed === 0 ? [no] : [])),
      unanswered: events.flatMap(({ no }) =>
        sent.some(
          ({ text, conversationId }) => conversationId === "cid-nantang-3" && text.includes(no),
        )
          ? []
          : [no],
      ),
      stuck: left?.stuck ?? 0,
      repeated: repeats(sent),
      events: events.length,
    };
  } finally {
    await database.close();
  }
}

function repeats(sent: ReturnType<Town["gateway"]["sent"]>): Tally["repeated"] {
  const last = new Map<string, number>();
  const found: Tally["repeated"] = [];
  for (const { text, conversationId, userId, at } of sent) {
    const to = userId ?? conversationId ?? "";
    // A mention stands in an answer by the session webhook only: the same words are the same words.
    const key = `${to}|${text.replace(/\n@\S+$/, "")}`;
    const before = last.get(key);
    if (before !== undefined) found.push({ text, to, at: before });
    last.set(key, at.getTime());
  }
  return found;
}
