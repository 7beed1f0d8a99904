import { type SQL, sql } from "drizzle-orm";
import type { Stored } from "./columns.ts";
import type { RegistryFile } from "./files.ts";

/** The columns of a table as the texts that its file holds. */
export const textOf = (file: RegistryFile, columns: readonly string[]): SQL =>
  sql.join(
    columns.map((column) => {
      const stored = file.columns[column]?.stored ?? "text";
      return sql`${TEXT_OF[stored](sql.identifier(column))} as ${sql.identifier(column)}`;
    }),
    sql`, `,
  );

const TEXT_OF: Record<Stored, (column: ReturnType<typeof sql.identifier>) => SQL> = {
  text: (column) => sql`${column}`,
  optionalText: (column) => sql`coalesce(${column}, '')`,
  number: (column) => sql`coalesce(${column}::text, '')`,
  integer: (column) => sql`coalesce(${column}::text, '')`,
  date: (column) => sql`to_char(${column}, 'YYYY-MM-DD')`,
  list: (column) => sql`array_to_string(${column}, ';')`,
};

/** The value that a text of the file becomes in the table; the other direction of `textOf`. */
export const VALUE_OF: Record<Stored, (text: SQL) => SQL> = {
  text: (text) => text,
  optionalText: (text) => sql`nullif(${text}, '')`,
  number: (text) => sql`nullif(${text}, '')::numeric`,
  integer: (text) => sql`nullif(${text}, '')::integer`,
  date: (text) => sql`${text}::date`,
  list: (text) => sql`string_to_array(${text}, ';')`,
};
