import { type SQL, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { headerOf, type RegistryFile } from "./files.ts";
import type { Values } from "./known-codes.ts";
import type { Row } from "./read-csv.ts";
import { sealedRows } from "./sealed-columns.ts";
import { VALUE_OF } from "./text-of-column.ts";

const BATCH = 5000;

/** Writes the rows of one file; rows that are there already as given are not touched. */
export async function writeRows(
  db: Db,
  file: RegistryFile,
  rows: readonly Row[],
): Promise<{ added: number; changed: number }> {
  const total = { added: 0, changed: 0 };
  for (let start = 0; start < rows.length; start += BATCH) {
    const given = rows.slice(start, start + BATCH).map((row) => row.values);
    const batch = await sealedRows(db, file, given);
    const [counts] = await db.rows<{ added: number; changed: number }>(
      upsert(db.site, file, batch),
    );
    total.added += counts?.added ?? 0;
    total.changed += counts?.changed ?? 0;
  }
  return total;
}

function upsert(site: string, file: RegistryFile, batch: readonly Values[]): SQL {
  const header = headerOf(file);
  const kept = ["active", ...header.filter((column) => !file.key.includes(column))];
  const table = sql.identifier(file.table);
  const listed = (columns: readonly string[], of: (column: string) => SQL) =>
    sql.join(columns.map(of), sql`, `);
  const plain = (column: string) => sql`${sql.identifier(column)}`;
  const comparable = (row: SQL) => (column: string) =>
    // 120.50 and 120.5 are one number but two texts, and an export has to give back the later.
    file.columns[column]?.stored === "number"
      ? sql`${row}.${sql.identifier(column)}::text`
      : sql`${row}.${sql.identifier(column)}`;
  return sql`
    with written as (
      insert into ${table} as present (site, active, ${listed(header, plain)})
      select ${site}, true, ${listed(header, (column) =>
        VALUE_OF[file.columns[column]?.stored ?? "text"](sql`given.${sql.identifier(column)}`),
      )}
      from ${unnested(header, batch)}
      on conflict (site, ${listed(file.key, plain)}) do update
      set ${listed(kept, (column) => sql`${plain(column)} = excluded.${sql.identifier(column)}`)}
      where (${listed(kept, comparable(sql`present`))})
        is distinct from (${listed(kept, comparable(sql`excluded`))})
      returning xmax = 0 as added
    )
    select count(*) filter (where added)::integer as added,
           count(*) filter (where not added)::integer as changed
    from written`;
}

/** Deactivates the rows with these keys. */
export async function deactivateRows(
  db: Db,
  file: RegistryFile,
  keys: readonly Values[],
): Promise<void> {
  for (let start = 0; start < keys.length; start += BATCH) {
    const same = file.key.map(
      (column) =>
        sql`present.${sql.identifier(column)} = ${VALUE_OF[file.columns[column]?.stored ?? "text"](
          sql`given.${sql.identifier(column)}`,
        )}`,
    );
    await db.orm.execute(sql`
      update ${sql.identifier(file.table)} as present set active = false
      from ${unnested(file.key, keys.slice(start, start + BATCH))}
      where present.site = ${db.site} and present.active and ${sql.join(same, sql` and `)}`);
  }
}

/** The columns of many rows as one array each: one statement, whatever their number. */
function unnested(columns: readonly string[], rows: readonly Values[]): SQL {
  const arrays = columns.map(
    (column) => sql`${sql.param(rows.map((row) => row[column] ?? ""))}::text[]`,
  );
  const names = columns.map((column) => sql.identifier(column));
  return sql`unnest(${sql.join(arrays, sql`, `)}) as given (${sql.join(names, sql`, `)})`;
}
