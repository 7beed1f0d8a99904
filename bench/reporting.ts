import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { messageStore } from "../services/workflows/store-message.ts";
import { byHand, type Statement } from "./by-hand.ts";
import { fillEvents } from "./fill-events.ts";
import { type FreshDatabase, freshDatabase } from "./fresh-database.ts";
import { rateOf, rounded } from "./rate.ts";
import { messageOf, office, talking } from "./talking.ts";
import { loadTown, residentSays } from "./town.ts";

/** As many as the product works at side by side. */
const AT_ONCE = 10;
const WARM_UP = 100;

/**
 * Stored reports that become events with their duties and answers, beside the rows they left written once
 * more by hand: one transaction a report, one statement a table, no question asked.
 *
 * @param events - how many settled ones there are before
 */
export async function measureReporting(reports: number, events: number) {
  const database = await freshDatabase("bench");
  try {
    await loadTown(database, new Date());
    if (events > 0) await fillEvents(database, events, new Date());
    const bot = await talking(database);
    await storeAll(database, 0, WARM_UP);
    while ((await bot.pump()) > 0);
    await storeAll(database, WARM_UP, WARM_UP + reports);
    const begun = performance.now();
    let handled = 0;
    for (let some = await bot.pump(); some > 0; some = await bot.pump()) handled += some;
    const product = { perSecond: Math.round(handled / ((performance.now() - begun) / 1000)) };
    const written = await rowsByEvent(database, reports);
    const baseline = await writtenByHand(database, written);
    return {
      events,
      reports: handled,
      rowsEach: rounded(written.flat().length / written.length),
      product,
      baseline: { perSecond: baseline.perSecond },
      ratio: rounded(product.perSecond / baseline.perSecond),
    };
  } finally {
    await database.close();
  }
}

async function storeAll(database: Database, from: number, until: number): Promise<void> {
  const store = messageStore(
    database,
    office.clock,
    () => {},
    () => {},
  );
  const all = Array.from({ length: until - from }, (_, index) => residentSays(from + index));
  await Promise.all(all.map((said) => store(messageOf(said))));
}

interface Written {
  table: string;
  row: Record<string, unknown>;
}

/** Tables that a report writes, and how their rows tell of which event they are. */
const LEFT: readonly { table: string; of: string }[] = [
  { table: "events", of: "t.no = e.no" },
  { table: "event_reporters", of: "t.event_no = e.no" },
  { table: "event_steps", of: "t.event_no = e.no" },
  { table: "obligations", of: "t.subject_no = e.no" },
  { table: "audit", of: "t.subject_no = e.no" },
  { table: "outbox", of: "t.body::text like '%' || e.no || '%'" },
  { table: "residents", of: "t.platform_user_id = r.platform_user_id" },
];

/** What the last reports left behind, one list of rows each. */
async function rowsByEvent(database: Database, reports: number): Promise<Written[][]> {
  const most = Math.min(reports, 300);
  const byNo = new Map<string, Written[]>();
  for (const { table, of } of LEFT) {
    const rows = await database.rows<{ no: string; row: Record<string, unknown> }>(
      sql.raw(`
        with e as (select site, no from events where message_id is not null order by no desc limit ${most})
        select e.no, to_jsonb(t) as row from e
          join event_reporters r on r.site = e.site and r.event_no = e.no
          join ${table} t on t.site = e.site and ${of}`),
    );
    for (const { no, row } of rows) byNo.set(no, [...(byNo.get(no) ?? []), { table, row }]);
  }
  return [...byNo.values()];
}

/** Under another district's name, so that every key is free. */
async function writtenByHand(database: FreshDatabase, events: Written[][]) {
  const write = byHand(database, AT_ONCE);
  try {
    let copy = 0;
    return await rateOf(events.length * 3, AT_ONCE, (index) => {
      const site = `hand-${Math.floor(copy++ / events.length)}`;
      return write.inOne(statementsOf(events[index % events.length] ?? [], site));
    });
  } finally {
    await write.close();
  }
}

function statementsOf(rows: readonly Written[], site: string): Statement[] {
  const tables = [...new Set(rows.map(({ table }) => table))];
  return tables.map((table) => {
    const of = rows.filter((one) => one.table === table);
    const columns = Object.keys(of[0]?.row ?? {});
    const values = of.flatMap(({ row }) =>
      columns.map((column) => (column === "site" ? site : parameter(row[column]))),
    );
    const tuples = of.map(
      (_, at) => `(${columns.map((_, index) => `$${at * columns.length + index + 1}`).join(", ")})`,
    );
    return {
      name: `${table}-${of.length}`,
      text: `insert into ${table} (${columns.map((one) => `"${one}"`).join(", ")}) values ${tuples.join(", ")}`,
      values,
    };
  });
}

/** Lists of words are text[]; everything else that is no plain value is jsonb. */
function parameter(value: unknown): unknown {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}
