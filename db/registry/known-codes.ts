import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { keyOf, REGISTRY_FILES, type RegistryFile } from "./files.ts";
import type { Folder } from "./read-folder.ts";
import { textOf } from "./text-of-column.ts";

export type Values = Readonly<Record<string, string>>;

/** By file, then by key: what the database has, and what it will have after the import. */
export interface KnownCodes {
  before: Map<string, Map<string, Values>>;
  after: Map<string, Map<string, Values>>;
}

/**
 * What the checks across files need to know. A code of an active row in the database counts as known,
 * unless `prune` is about to deactivate it.
 */
export async function readKnownCodes(db: Db, folder: Folder, prune: boolean): Promise<KnownCodes> {
  const targets = new Set(
    REGISTRY_FILES.flatMap((file) =>
      Object.values(file.columns).flatMap((column) => column.refersTo?.file ?? []),
    ),
  );
  const known: KnownCodes = { before: new Map(), after: new Map() };
  for (const file of REGISTRY_FILES) {
    const given = folder.given.get(file.name);
    const needed = targets.has(file.name as never) || (given && (prune || file.compared));
    if (!needed) continue;
    const before = await activeRows(db, file);
    const after = new Map(prune && given?.readable ? [] : before);
    for (const row of given?.rows ?? []) after.set(keyOf(file, row.values), row.values);
    known.before.set(file.name, before);
    known.after.set(file.name, after);
  }
  return known;
}

async function activeRows(db: Db, file: RegistryFile): Promise<Map<string, Values>> {
  const columns = [...file.key, ...(file.compared ?? [])];
  const rows = await db.rows<Values>(
    sql`select ${textOf(file, columns)} from ${sql.identifier(file.table)}
        where site = ${db.site} and active`,
  );
  return new Map(rows.map((row) => [keyOf(file, row), row]));
}
