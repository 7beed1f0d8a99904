import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateDrizzleJson } from "drizzle-kit/api";
import { sql } from "drizzle-orm";
import { openDatabase } from "./client.ts";
import { MIGRATIONS_FOLDER, migrate } from "./migrate.ts";
import * as schema from "./schema/index.ts";
import { type Snapshot, schemaDrift } from "./schema-drift.ts";

// `npm run db:check`: the migrations lead to exactly what db/schema says, the newest snapshot by
// comparison and the SQL by running it in memory. Nothing is written, nothing is asked.

interface Journal {
  entries: { idx: number; tag: string }[];
}

const problems = [...strayFiles(), ...drift(), ...(await missingColumns())];
if (problems.length > 0) {
  process.stderr.write(
    `The migrations and db/schema do not agree:\n${problems.map((line) => `  - ${line}\n`).join("")}` +
      "Run `npm run db:generate -- --name what-changed`, read the SQL it writes, and commit it with the schema.\n" +
      "A migration that others may have applied is left alone; a mistake in it is mended by the next one.\n",
  );
  process.exitCode = 1;
} else {
  const { tables } = newestSnapshot();
  process.stdout.write(
    `${journal().length} migration(s) lead to the ${Object.keys(tables).length} tables of db/schema.\n`,
  );
}

function journal(): Journal["entries"] {
  return readJson<Journal>("_journal.json").entries;
}

function newestSnapshot(): Snapshot {
  const newest = journal().at(-1);
  if (newest === undefined) return { tables: {} };
  return readJson<Snapshot>(`${String(newest.idx).padStart(4, "0")}_snapshot.json`);
}

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(join(MIGRATIONS_FOLDER, "meta", name), "utf8")) as T;
}

/** SQL that the journal does not know is never run. */
function strayFiles(): string[] {
  const known = new Set(journal().map((entry) => `${entry.tag}.sql`));
  return readdirSync(MIGRATIONS_FOLDER)
    .filter((name) => name.endsWith(".sql") && !known.has(name))
    .map((name) => `db/migrations/${name} is not in the journal and would never run`);
}

function drift(): string[] {
  const wanted = generateDrizzleJson(schema, undefined, undefined, "snake_case");
  return schemaDrift(newestSnapshot(), wanted as unknown as Snapshot);
}

/** Columns of partitions are their table's. What the snapshot promises and the SQL does not make, or the other way round. */
async function missingColumns(): Promise<string[]> {
  const database = await openDatabase("pglite:", "check");
  try {
    await migrate(database, "pglite:");
    const made = await database.rows<{ name: string }>(
      sql`select table_name || '.' || column_name as name
          from information_schema.columns where table_schema = 'public'
            and not exists (select 1 from pg_class c where c.oid = format('%I.%I', table_schema, table_name)::regclass
              and c.relispartition)`,
    );
    const inDatabase = new Set(made.map((row) => row.name));
    const promised = new Set(
      Object.entries(newestSnapshot().tables).flatMap(([key, { columns }]) =>
        Object.keys(columns).map((column) => `${key.replace(/^public\./, "")}.${column}`),
      ),
    );
    return [
      ...[...promised]
        .filter((name) => !inDatabase.has(name))
        .map((name) => `${name} is in the snapshot, but no migration makes it`),
      ...[...inDatabase]
        .filter((name) => !promised.has(name))
        .map((name) => `${name} is made by a migration, but not in the snapshot`),
    ];
  } finally {
    await database.close();
  }
}
