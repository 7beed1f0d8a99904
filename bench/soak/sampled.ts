import { sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { RunningProduct } from "../../test/support/product.ts";
import { percentile, rounded } from "../rate.ts";

/** What was seen in one stretch of the soak. */
export interface Stretch {
  fromMinute: number;
  messages: number;
  /** from the frame's push to its acknowledgement, milliseconds */
  ack: { p50: number; p99: number };
  /** from stored to handled, and from written to sent, milliseconds */
  handled: { p50: number; p99: number };
  sent: { p50: number; p99: number };
  /** the largest resident memory of each instance, MB */
  memoryMb: number[];
  /** the most messages that waited to be handled at any look */
  waiting: number;
}

export interface Look {
  at: number;
  memoryMb: number[];
  waiting: number;
}

/** One look at the instances' own metrics. */
export async function lookAt(products: readonly RunningProduct[], begun: number): Promise<Look> {
  const texts = await Promise.all(
    products.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()),
  );
  return {
    at: Date.now() - begun,
    memoryMb: texts.map((text) => rounded(metricOf(text, "process_resident_memory_bytes") / 1e6)),
    waiting: Math.max(...texts.map((text) => metricOf(text, "yihu_inbox_pending"))),
  };
}

const metricOf = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)`, "m").exec(text)?.[1]);

/** Cuts the run into stretches of equal length, oldest first. */
export async function stretchesOf(
  database: Database,
  begun: number,
  minutesEach: number,
  looks: readonly Look[],
  acks: readonly { at: number; afterMs: number }[],
): Promise<Stretch[]> {
  const length = minutesEach * 60_000;
  const count = Math.ceil(Math.max(...acks.map(({ at }) => at), 1) / length);
  const handled = await tookByStretch(
    database,
    begun,
    length,
    sql`select received_at as began, handled_at as ended from inbox where site = ${database.site} and handled_at is not null`,
  );
  const sent = await tookByStretch(
    database,
    begun,
    length,
    sql`select created_at as began, sent_at as ended from outbox where site = ${database.site} and sent_at is not null and not_before is null`,
  );
  return Array.from({ length: count }, (_, index) => {
    const within = <T extends { at: number }>(list: readonly T[]) =>
      list.filter(({ at }) => Math.floor(at / length) === index);
    const took = within(acks).map(({ afterMs }) => afterMs);
    const seen = within(looks);
    return {
      fromMinute: index * minutesEach,
      messages: took.length,
      ack: { p50: percentile(took, 0.5), p99: percentile(took, 0.99) },
      handled: handled.get(index) ?? { p50: Number.NaN, p99: Number.NaN },
      sent: sent.get(index) ?? { p50: Number.NaN, p99: Number.NaN },
      memoryMb: (seen[0]?.memoryMb ?? []).map((_mb, which) =>
        Math.max(...seen.map(({ memoryMb }) => memoryMb[which] ?? 0)),
      ),
      waiting: Math.max(0, ...seen.map(({ waiting }) => waiting)),
    };
  });
}

async function tookByStretch(
  database: Database,
  begun: number,
  length: number,
  rows: ReturnType<typeof sql>,
): Promise<Map<number, { p50: number; p99: number }>> {
  const found = await database.rows<{ stretch: number; p50: number; p99: number }>(sql`
    select floor((extract(epoch from began) * 1000 - ${begun}::float8) / ${length}::float8)::int as stretch,
      percentile_disc(0.5) within group (order by extract(epoch from ended - began) * 1000)::float8 as p50,
      percentile_disc(0.99) within group (order by extract(epoch from ended - began) * 1000)::float8 as p99
    from (${rows}) took group by 1`);
  return new Map(
    found.map(({ stretch, p50, p99 }) => [stretch, { p50: Math.round(p50), p99: Math.round(p99) }]),
  );
}
