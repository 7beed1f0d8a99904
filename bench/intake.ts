import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { newId } from "../db/queries/ids.ts";
import { realClock } from "../services/clock.ts";
import type { IncomingMessage } from "../services/domain/incoming.ts";
import { messageStore } from "../services/workflows/store-message.ts";

export interface Rate {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Messages stored and ready to be acknowledged, by so many senders at once. */
export function storeRate(database: Database, messages: number, senders: number): Promise<Rate> {
  const store = messageStore(
    database,
    realClock,
    () => {},
    () => {},
  );
  return measured(messages, senders, async (index) => {
    await store(aMessage(index));
  });
}

/** The baseline: the same bytes, one row and one commit a message, without batching. */
export function singleRowRate(
  database: Database,
  messages: number,
  senders: number,
): Promise<Rate> {
  return measured(messages, senders, async (index) => {
    const message = aMessage(index);
    await database.orm.execute(sql`
      insert into inbox (site, id, channel, dedupe_key, lane, message, received_at)
      values (${database.site}, ${newId()}, 'bench', ${message.dedupeKey}, ${`bench|${index}`}, ${JSON.stringify(message)}::jsonb, now())`);
  });
}

async function measured(
  count: number,
  atOnce: number,
  one: (index: number) => Promise<void>,
): Promise<Rate> {
  const took: number[] = [];
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let index = next++; index < count; index = next++) {
        const started = performance.now();
        await one(index);
        took.push(performance.now() - started);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number) =>
    round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0);
  return { perSecond: Math.round(count / seconds), p50Ms: at(0.5), p99Ms: at(0.99) };
}

const round = (ms: number): number => Math.round(ms * 100) / 100;

const aMessage = (index: number): IncomingMessage => ({
  channel: "bench",
  dedupeKey: `${newId()}-${index}`,
  conversation: { id: `cid-${index % 50}`, type: "group", title: "网格群" },
  sender: { platformUserId: `resident-${index}`, nick: null },
  sentAt: new Date(),
  text: "河滨花园3幢2单元楼道灯不亮两天了,老人晚上下楼看不见",
  attachments: [],
  location: null,
  reply: null,
  unsupported: null,
  source: null,
  onBehalfOf: null,
  placeHint: null,
});
