import { type SQL, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { type ContactField, MissingContactKey, SEALED } from "../contacts/vault.ts";

/** Where each contact field stands, so that all of them can be counted and encrypted anew. */
interface Place {
  field: ContactField;
  table: string;
  /** what stands there, as text: encrypted, or as it was written before there was a key */
  stored: SQL;
  /** the key columns, as text */
  key: readonly string[];
  /** as `ContactVault` binds it */
  row: (key: readonly string[]) => string;
  /** puts an encrypted text there */
  set: (sealed: SQL) => SQL;
}

const PLACES: readonly Place[] = [
  {
    field: "people.phone",
    table: "people",
    stored: sql`phone`,
    key: ["id"],
    row: ([id = ""]) => id,
    set: (sealed) => sql`phone = ${sealed}`,
  },
  {
    field: "hotline_orders.contact",
    table: "hotline_orders",
    stored: sql`(case jsonb_typeof(contact) when 'null' then null when 'string' then contact #>> '{}' else contact::text end)`,
    key: ["line", "no"],
    row: (key) => key.join("/"),
    set: (sealed) => sql`contact = to_jsonb(${sealed}::text)`,
  },
  {
    field: "inbox.on_behalf_of",
    table: "inbox",
    stored: sql`(case jsonb_typeof(message -> 'onBehalfOf') when 'null' then null when 'string' then message ->> 'onBehalfOf' else (message -> 'onBehalfOf')::text end)`,
    key: ["id"],
    row: ([id = ""]) => id,
    set: (sealed) => sql`message = jsonb_set(message, '{onBehalfOf}', to_jsonb(${sealed}::text))`,
  },
  {
    field: "contact_index_keys.key",
    table: "contact_index_keys",
    stored: sql`key`,
    key: ["site"],
    row: ([site = ""]) => site,
    set: (sealed) => sql`key = ${sealed}`,
  },
];

export interface ContactCount {
  field: ContactField;
  /** null: as it was written, not encrypted */
  keyId: string | null;
  count: number;
}

/** How many values of each field are encrypted with which key. */
export async function countContacts(db: Db): Promise<ContactCount[]> {
  const counts: ContactCount[] = [];
  for (const { field, table, stored } of PLACES) {
    const rows = await db.rows<{ keyId: string | null; count: number }>(sql`
      select case when starts_with(stored, ${SEALED}) then split_part(stored, ':', 3) end as "keyId",
        count(*)::int as count
      from (select ${stored} as stored from ${sql.identifier(table)} where site = ${db.site}) kept
      where stored is not null group by 1 order by 1`);
    counts.push(...rows.map((row) => ({ field, ...row })));
  }
  return counts;
}

/** @throws MissingContactKey where something is encrypted that this process cannot read */
export async function requireContactKeys(db: Db): Promise<void> {
  for (const { table, stored, field, key, row } of PLACES) {
    const samples = await db.rows<{ stored: string; key: string[] }>(sql`
      select distinct on (split_part(${stored}, ':', 3)) ${stored} as stored, ${keyOf(key)} as key
      from ${sql.identifier(table)} where site = ${db.site} and starts_with(${stored}, ${SEALED})`);
    for (const sample of samples) db.contacts.open(field, row(sample.key), sample.stored);
  }
}

/**
 * Encrypts up to `limit` values of each field that the newest key does not encrypt yet. A value that
 * somebody changes meanwhile is left to the next call; one that is done is not looked at again, so a
 * command that was stopped goes on where it was.
 *
 * @returns how many of each field were written; all 0: nothing is left
 */
export async function rekeyContacts(db: Db, limit: number): Promise<Map<ContactField, number>> {
  const { keyId } = db.contacts;
  if (keyId === null) throw new MissingContactKey("none");
  const done = new Map<ContactField, number>();
  for (const place of PLACES) {
    const { field, table, stored, key } = place;
    const rows = await db.rows<{ stored: string; key: string[] }>(sql`
      select ${stored} as stored, ${keyOf(key)} as key from ${sql.identifier(table)}
      where site = ${db.site} and ${stored} is not null
        and not starts_with(${stored}, ${`${SEALED}${keyId}:`}) limit ${limit}`);
    let written = 0;
    for (const one of rows) {
      const row = place.row(one.key);
      const sealed = db.contacts.seal(field, row, db.contacts.open(field, row, one.stored));
      const changed = await db.rows(sql`
        update ${sql.identifier(table)} set ${place.set(sql`${sealed}`)}
        where site = ${db.site} and ${isRow(key, one.key)} and ${stored} = ${one.stored} returning 1`);
      written += changed.length;
    }
    done.set(field, written);
  }
  return done;
}

const keyOf = (columns: readonly string[]): SQL =>
  sql`array[${sql.join(
    columns.map((column) => sql`${sql.identifier(column)}::text`),
    sql`, `,
  )}]`;

const isRow = (columns: readonly string[], key: readonly string[]): SQL =>
  sql.join(
    columns.map((column, at) => sql`${sql.identifier(column)} = ${key[at]}`),
    sql` and `,
  );
