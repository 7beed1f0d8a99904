import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { sql } from "drizzle-orm";
import { asSheetText } from "../../services/domain/sheet-text.ts";
import type { Db } from "../client.ts";
import { headerOf, REGISTRY_FILES, type RegistryFile } from "./files.ts";
import { opened } from "./sealed-columns.ts";
import { textOf } from "./text-of-column.ts";

/**
 * Writes the active rows of the district as registry files. Those of the nine that have no rows are
 * written with their header alone, so that the folder describes the whole district and `--prune` may be
 * used with it; the optional ones only where they have any.
 * What a spreadsheet would take for a formula gets an apostrophe before it, which the import takes away.
 * Lines end in CR LF, as RFC 4180 has it; rows stand in the order of their keys.
 *
 * @returns the number of rows by file; empty when no district was ever imported, and nothing is written
 */
export async function exportRegistry(database: Db, path: string): Promise<Map<string, number>> {
  const texts = await readRegistry(database);
  const written = new Map<string, number>();
  if (texts.every(({ rows }) => rows.length === 0)) return written;
  await mkdir(path, { recursive: true });
  for (const { file, rows } of texts) {
    await writeFile(join(path, file.name), asCsv([headerOf(file), ...rows]));
    written.set(file.name, rows.length);
  }
  return written;
}

/** The same as texts, by file name. */
export const registryTexts = async (database: Db): Promise<Map<string, string>> =>
  new Map(
    (await readRegistry(database)).map(({ file, rows }) => [
      file.name,
      asCsv([headerOf(file), ...rows]),
    ]),
  );

/** One file of it. */
export async function registryText(tx: Db, name: string): Promise<string> {
  const file = REGISTRY_FILES.find((one) => one.name === name);
  if (file === undefined) throw new Error(`${name} is no registry file.`);
  return asCsv([headerOf(file), ...(await rowsOf(tx, file))]);
}

/** All files as of one moment. */
function readRegistry(database: Db): Promise<{ file: RegistryFile; rows: string[][] }[]> {
  return database.transaction(async (tx) => {
    // All files as of one moment, also while somebody imports.
    await tx.orm.execute(sql`set transaction isolation level repeatable read`);
    const read: { file: RegistryFile; rows: string[][] }[] = [];
    for (const file of REGISTRY_FILES) {
      const rows = await rowsOf(tx, file);
      if (rows.length > 0 || file.optional !== true) read.push({ file, rows });
    }
    return read;
  });
}

async function rowsOf(tx: Db, file: RegistryFile): Promise<string[][]> {
  const header = headerOf(file);
  const order = file.key.map((column) => sql.identifier(column));
  const rows = await tx.rows<Record<string, string>>(sql`
    select ${textOf(file, header)} from ${sql.identifier(file.table)}
    where site = ${tx.site} and active order by ${sql.join(order, sql`, `)}`);
  return opened(tx, file, rows).map((row) =>
    header.map((column) => {
      const text = row[column] ?? "";
      return isNumber(file, column) ? text : asSheetText(text);
    }),
  );
}

const isNumber = (file: RegistryFile, column: string): boolean =>
  ["number", "integer"].includes(file.columns[column]?.stored ?? "text");

const asCsv = (rows: string[][]): string =>
  // Without the pattern a lone CR or LF would be written unquoted.
  stringify(rows, { record_delimiter: "\r\n", quoted_match: /[\r\n]/ });
