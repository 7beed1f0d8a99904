import { sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { isMigrated } from "../../db/queries/readiness.ts";
import { type Finding, failed, ok, reasonOf, warning } from "./finding.ts";

const OLDEST_SUPPORTED = 15;

/** Reachable, new enough, migrated, writable; what is written is taken back at once. */
export async function checkDatabase(database: Database): Promise<Finding[]> {
  let version: number;
  try {
    const [row] = await database.rows<{ server_version_num: string }>(sql`show server_version_num`);
    version = Math.floor(Number(row?.server_version_num) / 10_000);
  } catch (error) {
    return [
      failed(
        "database",
        `does not answer (${reasonOf(error)})`,
        "Check DATABASE_URL, that the server runs, and that this machine may reach it.",
      ),
    ];
  }
  if (version < OLDEST_SUPPORTED) {
    return [
      failed(
        "database",
        `PostgreSQL ${version} is too old`,
        `Upgrade the server to PostgreSQL ${OLDEST_SUPPORTED} or newer.`,
      ),
    ];
  }
  const name = database.engine === "pglite" ? "embedded PostgreSQL" : "PostgreSQL";
  const reached = ok("database", `${name} ${version} answers`);
  if (!(await isMigrated(database))) {
    return [
      reached,
      warning(
        "migrations",
        "the schema is older than this version",
        "Start the product, or import a registry: both migrate by themselves. Back up first.",
      ),
    ];
  }
  return [reached, ok("migrations", "the schema is this version's"), await tryToWrite(database)];
}

class TakenBack extends Error {}

async function tryToWrite(database: Database): Promise<Finding> {
  try {
    await database.transaction(async (tx) => {
      await tx.orm.execute(
        sql`insert into counters (site, name, day, value) values (${tx.site}, 'doctor', 'doctor', 0)`,
      );
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) {
      return failed(
        "writing",
        `a test row is refused (${reasonOf(error)})`,
        "Give the database user INSERT, UPDATE and DELETE on all tables, and connect to the primary server.",
      );
    }
  }
  return ok("writing", "a test row was written and taken back");
}
