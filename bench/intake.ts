import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { newId } from "../db/queries/ids.ts";
import { realClock } from "../services/clock.ts";
import { messageStore } from "../services/workflows/store-message.ts";
import { type ByHand, byHand } from "./by-hand.ts";
import { freshDatabase } from "./fresh-database.ts";
import { median, paced, type Rate, rateOf, rounded } from "./rate.ts";
import { messageOf } from "./talking.ts";
import { residentSays } from "./town.ts";

const SENDERS = 100;
/** Of the baseline: as many as the product has. */
const CONNECTIONS = 10;
const ROUNDS = 5;
const PER_SECOND = 200;

/**
 * Messages stored, so that they may be acknowledged, beside the same bytes in one row and one commit a
 * message; in turn, so that a machine that slows down slows both. Then the wait at a steady pace.
 *
 * @param stored - how many handled messages the table holds before
 */
export async function measureIntake(messages: number, stored: number) {
  const database = await freshDatabase("bench");
  try {
    await fillInbox(database, stored);
    const write = byHand(database, CONNECTIONS);
    const store = storing(database);
    const ratios: number[] = [];
    let last: { product: Rate; baseline: Rate } | null = null;
    for (let round = 0; round < ROUNDS; round++) {
      const baseline = await rateOf(messages, SENDERS, (index) =>
        storeAlone(write, database.site, index),
      );
      const product = await rateOf(messages, SENDERS, (index) =>
        store(messageOf(residentSays(index))),
      );
      ratios.push(product.perSecond / baseline.perSecond);
      last = { product, baseline };
    }
    await write.close();
    const steady = await paced(PER_SECOND * 10, PER_SECOND, (index) =>
      store(messageOf(residentSays(index))),
    );
    return { stored, ...last, ratio: rounded(median(ratios)), at200PerSecond: steady };
  } finally {
    await database.close();
  }
}

export const storing = (database: Database) =>
  messageStore(
    database,
    realClock,
    () => {},
    () => {},
  );

function storeAlone(write: ByHand, site: string, index: number): Promise<unknown> {
  const message = messageOf(residentSays(index));
  return write.alone({
    name: "store",
    text: "insert into inbox (site, id, channel, dedupe_key, lane, message, received_at) values ($1, $2, 'bench', $3, $4, $5::jsonb, now())",
    values: [site, newId(), message.dedupeKey, `bench|${index}`, JSON.stringify(message)],
  });
}

async function fillInbox(database: Database, rows: number): Promise<void> {
  const message = JSON.stringify(messageOf(residentSays(0)));
  await database.orm.execute(sql`
    insert into inbox (site, id, channel, dedupe_key, lane, message, received_at, status, handled_at, kind)
    select ${database.site}, gen_random_uuid(), 'sandbox', 'filled-' || n, 'sandbox|' || n % 5000, ${message}::jsonb, now() - interval '1 day', 'done', now(), 'report'
    from generate_series(1, ${rows}::int) n`);
  await database.orm.execute(sql`vacuum analyze inbox`);
}
