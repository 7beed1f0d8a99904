import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { headerOf, keyOf, type RegistryFile } from "./files.ts";
import type { Values } from "./known-codes.ts";
import type { Row } from "./read-csv.ts";
import { opened } from "./sealed-columns.ts";
import { textOf } from "./text-of-column.ts";

/** What becomes of one row of a file. */
export interface RowChange {
  kind: "added" | "changed" | "deactivated";
  /** what tells it from others, parts joined by commas */
  key: string;
  /** of a changed row what differs; of an added or deactivated one every filled column */
  columns: { column: string; before: string; after: string }[];
}

/** More would not be looked through; the numbers are told besides. */
const MOST_LISTED = 300;

/**
 * How the rows of a file differ from what the database has, the first of them in the order of the file.
 *
 * @param leftOut - keys of rows that are going to be deactivated
 */
export async function changesRowByRow(
  tx: Db,
  file: RegistryFile,
  rows: readonly Row[],
  leftOut: readonly string[],
): Promise<RowChange[]> {
  const header = headerOf(file);
  const stored = await tx.rows<Values>(
    sql`select ${textOf(file, header)} from ${sql.identifier(file.table)} where site = ${tx.site} and active`,
  );
  const present = new Map(opened(tx, file, stored).map((row) => [keyOf(file, row), row]));
  const changes: RowChange[] = [];
  for (const { values } of rows) {
    if (changes.length >= MOST_LISTED) return changes;
    const before = present.get(keyOf(file, values));
    const columns = header.flatMap((column) => {
      const [was, is] = [before?.[column] ?? "", values[column] ?? ""];
      return was === is ? [] : [{ column, before: was, after: is }];
    });
    if (columns.length === 0) continue;
    const kind = before === undefined ? ("added" as const) : ("changed" as const);
    changes.push({ kind, key: shownKey(file, values), columns });
  }
  for (const key of leftOut.slice(0, MOST_LISTED - changes.length)) {
    const before = present.get(key) ?? {};
    changes.push({
      kind: "deactivated",
      key: shownKey(file, before),
      columns: header
        .map((column) => ({ column, before: before[column] ?? "", after: "" }))
        .filter((one) => one.before !== ""),
    });
  }
  return changes;
}

const shownKey = (file: RegistryFile, values: Values): string =>
  file.key.map((column) => values[column] ?? "").join(",");
