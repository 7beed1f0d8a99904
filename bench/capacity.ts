import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { freshDatabase } from "./fresh-database.ts";
import { storing } from "./intake.ts";
import { simulateMonth } from "./month/simulate.ts";
import { rateOf, rounded } from "./rate.ts";
import { messageOf } from "./talking.ts";
import { residentSays } from "./town.ts";

/**
 * `BENCH_DATABASE_URL=postgres://… node --import tsx bench/capacity.ts [--events 2000] [--calls 20] [--messages 5000] [--days 30]`:
 * what a message and an event cost a PostgreSQL server on this machine that does nothing else: bytes in
 * tables and indexes, write-ahead log, processor time. The events live a simulated month, or
 * so many days, of bench/month.ts, with all that is owed, said and written down of them. JSON on stdout.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: "string", default: "2000" },
      calls: { type: "string", default: "20" },
      messages: { type: "string", default: "5000" },
      days: { type: "string", default: "30" },
    },
  });
  const [events, calls, messages] = [values.events, values.calls, values.messages].map(Number) as [
    number,
    number,
    number,
  ];
  if (process.env.BENCH_DATABASE_URL === undefined)
    throw new Error("BENCH_DATABASE_URL is missing. Name a PostgreSQL server of this machine.");
  const database = await freshDatabase("capacity");
  try {
    const empty = await sizes(database);
    const stored = await costOf(database, () => storeAll(database, messages));
    const withMessages = await sizes(database);
    const lived = await costOf(database, () =>
      simulateMonth(database, {
        events,
        calls,
        seed: 1,
        sweepMinutes: 15,
        days: Number(values.days),
      }),
    );
    const full = await sizes(database);
    const report = {
      perMessage: per(messages, stored, { inbox: grown(withMessages, empty, "inbox") }),
      perEvent: {
        ...per(
          events,
          lived,
          Object.fromEntries(
            [...full.keys()].map((table) => [table, grown(full, withMessages, table)]),
          ),
        ),
        rows: await rowsPer(database, events),
      },
    };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await database.close();
  }
}

interface Cost {
  walBytes: number;
  productCpuMs: number;
  databaseCpuMs: number;
}

async function costOf(database: Database, work: () => Promise<unknown>): Promise<Cost> {
  const [wal, cpu, served] = [
    await walOf(database),
    process.cpuUsage(),
    await serverCpuMs(database),
  ];
  await work();
  const used = process.cpuUsage(cpu);
  return {
    walBytes: (await walOf(database)) - wal,
    productCpuMs: (used.user + used.system) / 1000,
    databaseCpuMs: (await serverCpuMs(database)) - served,
  };
}

async function walOf(database: Database): Promise<number> {
  const [row] = await database.rows<{ bytes: string }>(
    sql`select (pg_current_wal_insert_lsn() - '0/0')::text as bytes`,
  );
  return Number(row?.bytes);
}

/** Of the processes that serve this database now; the kernel counts in hundredths of a second. */
async function serverCpuMs(database: Database): Promise<number> {
  const rows = await database.rows<{ pid: number }>(
    sql`select pid from pg_stat_activity where datname = current_database()`,
  );
  return rows.reduce((sum, { pid }) => {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
}

/** Bytes of each table with its indexes, partitions summed. */
async function sizes(database: Database): Promise<Map<string, number>> {
  await database.orm.execute(sql`vacuum analyze`);
  const rows = await database.rows<{ name: string; bytes: string }>(sql`
    select coalesce(p.relname, c.relname) as name, sum(pg_total_relation_size(c.oid))::text as bytes
    from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by 1`);
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
}

const grown = (
  after: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
  table: string,
): number => (after.get(table) ?? 0) - (before.get(table) ?? 0);

function per(count: number, cost: Cost, bytes: Record<string, number>) {
  const each = Object.entries(bytes)
    .map(([table, total]) => [table, Math.round(total / count)] as const)
    .filter(([, share]) => share >= 10)
    .sort(([, a], [, b]) => b - a);
  return {
    bytes: each.reduce((sum, [, share]) => sum + share, 0),
    walBytes: Math.round(cost.walBytes / count),
    productCpuMs: rounded(cost.productCpuMs / count),
    databaseCpuMs: rounded(cost.databaseCpuMs / count),
    bytesByTable: Object.fromEntries(each),
  };
}

async function rowsPer(database: Database, events: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ["event_steps", "audit", "obligations", "outbox"]) {
    const [row] = await database.rows<{ count: number }>(
      sql`select count(*)::int as count from ${sql.identifier(table)}`,
    );
    counts[table] = rounded((row?.count ?? 0) / events);
  }
  return counts;
}

function storeAll(database: Database, messages: number): Promise<unknown> {
  const store = storing(database);
  return rateOf(messages, 50, (index) => store(messageOf(residentSays(index))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  });
}
