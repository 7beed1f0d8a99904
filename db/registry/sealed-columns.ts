import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import type { ContactField } from "../contacts/vault.ts";
import { keyOf, type RegistryFile } from "./files.ts";
import type { Values } from "./known-codes.ts";
import { textOf } from "./text-of-column.ts";

const sealedOf = (file: RegistryFile): [string, ContactField][] =>
  Object.entries(file.columns).flatMap(([column, { sealed }]) =>
    sealed === undefined ? [] : [[column, sealed] as [string, ContactField]],
  );

/** Rows of a file's table in clear, as its file has them. */
export function opened(db: Db, file: RegistryFile, rows: readonly Values[]): Values[] {
  const sealed = sealedOf(file);
  if (sealed.length === 0) return [...rows];
  return rows.map((row) => {
    const clear = { ...row };
    for (const [column, field] of sealed) {
      const stored = row[column];
      if (stored) clear[column] = db.contacts.open(field, keyOf(file, row), stored);
    }
    return clear;
  });
}

/**
 * Rows of a file as its table keeps them. A value that is there already stays as it is stored, since
 * encrypted anew it would look like another one.
 */
export async function sealedRows(
  db: Db,
  file: RegistryFile,
  rows: readonly Values[],
): Promise<Values[]> {
  const sealed = sealedOf(file);
  const [key] = file.key;
  if (sealed.length === 0 || key === undefined) return [...rows];
  const keys = sql.param(rows.map((row) => row[key] ?? ""));
  const columns = [...file.key, ...sealed.map(([column]) => column)];
  const present = new Map(
    (
      await db.rows<Values>(sql`
        select ${textOf(file, columns)} from ${sql.identifier(file.table)}
        where site = ${db.site} and ${sql.identifier(key)} = any(${keys}::text[])`)
    ).map((row) => [keyOf(file, row), row]),
  );
  return rows.map((row) => {
    const kept = { ...row };
    const name = keyOf(file, row);
    for (const [column, field] of sealed) {
      const clear = row[column];
      if (!clear) continue;
      const stored = present.get(name)?.[column] ?? "";
      kept[column] =
        stored !== "" && db.contacts.open(field, name, stored) === clear
          ? stored
          : db.contacts.seal(field, name, clear);
    }
    return kept;
  });
}
