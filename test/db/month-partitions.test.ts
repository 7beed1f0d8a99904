import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { migrate as migrateNode } from "drizzle-orm/node-postgres/migrator";
import { migrate as migrateLite } from "drizzle-orm/pglite/migrator";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase, pgliteDatabase } from "../../db/client.ts";
import { MIGRATIONS_FOLDER } from "../../db/migrate.ts";
import { auditBetween } from "../../db/queries/audit-seals.ts";
import { changesAfter } from "../../db/queries/changes.ts";
import { stepsOf } from "../../db/queries/events.ts";
import { idAt } from "../../db/queries/ids.ts";
import { audit, eventSteps } from "../../db/schema/index.ts";
import { verifyAudit } from "../../services/audit/verify.ts";
import { SYSTEM } from "../../services/domain/actor.ts";
import { makePartitions } from "../../services/workflows/make-partitions.ts";
import { sealAudit } from "../../services/workflows/seal-audit.ts";
import { fixedClock } from "../support/clock.ts";

const THIS = "month_partitions";
const onPostgres = process.env.TEST_ENGINE === "postgres";

describe("tables divided by month", () => {
  let database: Database;
  let remove = async (): Promise<void> => {};
  const folder = mkdtempSync(join(tmpdir(), "yihu-migrations-"));

  beforeAll(async () => {
    ({ database, remove } = await emptyServer());
    // A district that has been at work since spring, before the tables were divided.
    await apply(migrationsBefore(THIS));
    for (const [month, rows] of [
      ["2021-03", 40],
      ["2021-04", 30],
      ["2021-06", 20],
    ] as const)
      await write(month, rows);
    await sealAudit(database, fixedClock("2021-07-01T00:00:00+08:00"));
    await apply(MIGRATIONS_FOLDER);
  });
  afterAll(async () => {
    await remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("keep every row of before, each in its month, and the chain over them", async () => {
    expect(await rowsIn("event_steps")).toMatchObject({
      event_steps_2021_03: 40,
      event_steps_2021_04: 30,
      event_steps_2021_06: 20,
    });
    expect(await rowsIn("audit")).toMatchObject({
      audit_2021_03: 40,
      audit_2021_04: 30,
      audit_2021_06: 20,
    });
    expect((await rowsIn("audit")).audit_rest).toBeUndefined();
    expect(await verifyAudit(database)).toMatchObject({ ok: true, entries: 90 });
    expect(await stepsOf(database, "SJ-2021-03")).toHaveLength(40);
  });

  it("are read month by month: what is asked from an id on looks into no earlier one", async () => {
    const june = idAt(Date.parse("2021-06-01T00:00:00+08:00"));
    const may = idAt(Date.parse("2021-04-30T23:59:00+08:00"));
    expect(await changesAfter(database, june, 100)).toHaveLength(20);
    const all = await scanned(sql`select id from event_steps where site = 'test'`);
    expect(all).toContain("event_steps_2021_03");
    const live = await scanned(
      sql`select id, event_no from event_steps where site = 'test' and id > ${june}::uuid order by id limit 100`,
    );
    expect(live).toContain("event_steps_2021_06");
    expect(live.filter((name) => /_2021_0[1-5]$/.test(name))).toEqual([]);

    const march = idAt(Date.parse("2021-03-01T00:00:00+08:00"));
    expect(await auditBetween(database, march, may, 1000)).toHaveLength(70);
    const sealed = await scanned(
      sql`select * from audit where site = 'test' and id > ${march}::uuid and id <= ${may}::uuid order by id`,
    );
    expect(sealed.sort()).toEqual(["audit_2021_03", "audit_2021_04"]);
  });

  it("get their months ahead of time, by any number of instances", async () => {
    const clock = fixedClock("2031-11-30T23:00:00+08:00");
    const [one, other] = await Promise.all([
      makePartitions(database, clock),
      makePartitions(database, clock),
    ]);
    expect(one + other).toBe(8);
    const names = Object.keys(await partitions("audit"));
    for (const month of ["2031_11", "2031_12", "2032_01", "2032_02"])
      expect(names).toContain(`audit_${month}`);
    expect(await makePartitions(database, clock)).toBe(0);
  });

  it("take what no month was there for, and put it into its month later", async () => {
    await write("2033-05", 7);
    expect((await rowsIn("event_steps")).event_steps_rest).toBe(7);
    expect(await stepsOf(database, "SJ-2033-05")).toHaveLength(7);
    await makePartitions(database, fixedClock("2033-07-09T00:00:00+08:00"));
    const rows = await rowsIn("event_steps");
    expect(rows.event_steps_2033_05).toBe(7);
    expect(rows.event_steps_rest).toBeUndefined();
    expect((await rowsIn("audit")).audit_2033_05).toBe(7);
    expect(await stepsOf(database, "SJ-2033-05")).toHaveLength(7);
  });

  it("refuse the same id twice in a district, as before", async () => {
    const [row] = await database.orm.select().from(audit).limit(1);
    if (row === undefined) throw new Error("There is no entry.");
    await expect(database.orm.insert(audit).values(row)).rejects.toThrow();
    await database.orm.insert(audit).values({ ...row, site: "elsewhere" });
  });

  /** Steps and entries of the tenth of a month. */
  async function write(month: string, rows: number): Promise<void> {
    const at = new Date(`${month}-10T09:00:00+08:00`);
    const ids = Array.from({ length: rows }, (_, index) => idAt(at.getTime() + index * 1000));
    const actor = { ...SYSTEM, roles: undefined, gridCodes: undefined } as never;
    await database.orm.insert(eventSteps).values(
      ids.map((id) => ({
        site: "test",
        id,
        eventNo: `SJ-${month}`,
        at,
        action: "report" as const,
        to: "pendingAccept" as const,
        actor,
      })),
    );
    await database.orm.insert(audit).values(
      ids.map((id) => ({
        site: "test",
        id,
        at,
        actor,
        action: "report",
        subjectType: "event",
        subjectNo: `SJ-${month}`,
        outcome: "done" as const,
      })),
    );
  }

  async function partitions(table: string): Promise<Record<string, number>> {
    const rows = await database.rows<{ name: string }>(
      sql`select inhrelid::regclass::text as name from pg_inherits where inhparent = ${table}::regclass`,
    );
    return Object.fromEntries(rows.map(({ name }) => [name, 0]));
  }

  /** How many rows lie in each partition that has any. */
  async function rowsIn(table: string): Promise<Record<string, number>> {
    const rows = await database.rows<{ name: string; count: number }>(
      sql`select tableoid::regclass::text as name, count(*)::int as count from ${sql.raw(table)} group by 1`,
    );
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  }

  /** The tables that PostgreSQL would look into. */
  async function scanned(statement: ReturnType<typeof sql>): Promise<string[]> {
    const rows = await database.rows<Record<string, string>>(sql`explain ${statement}`);
    return rows.flatMap((row) => {
      const [, name] =
        / (?:Only )?(?:Scan|Scan using \w+) on (\w+)/.exec(row["QUERY PLAN"] ?? "") ?? [];
      return name === undefined || name.endsWith("_idx") || name.endsWith("_pkey") ? [] : [name];
    });
  }

  async function apply(migrationsFolder: string): Promise<void> {
    if (onPostgres) await migrateNode(database.orm as never, { migrationsFolder });
    else await migrateLite(database.orm as never, { migrationsFolder });
  }

  /** The migrations that a version had before this one. */
  function migrationsBefore(name: string): string {
    cpSync(MIGRATIONS_FOLDER, folder, { recursive: true });
    const file = join(folder, "meta", "_journal.json");
    const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: { tag: string }[] };
    const at = journal.entries.findIndex(({ tag }) => tag.endsWith(`_${name}`));
    writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, at) }));
    return folder;
  }
});

/** A database without any table. */
async function emptyServer(): Promise<{ database: Database; remove(): Promise<void> }> {
  if (!onPostgres) {
    const database = pgliteDatabase(await PGlite.create(), "test", () => {});
    return { database, remove: () => database.close() };
  }
  const server = process.env.TEST_DATABASE_URL ?? "";
  const name = `yihu_months_${process.pid}`;
  const onServer = async (statement: string) => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await onServer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openDatabase(url.toString(), "test");
  return {
    database,
    async remove() {
      await database.close();
      await onServer(`drop database if exists ${name} with (force)`);
    },
  };
}
