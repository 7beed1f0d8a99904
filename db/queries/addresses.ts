import { and, arrayContains, asc, eq, exists, gt, or } from "drizzle-orm";
import type { Db } from "../client.ts";
import { type ADDRESS_KINDS, addresses, placeAliases } from "../schema/index.ts";
import { taughtAliases } from "./place-aliases.ts";

export interface Address {
  code: string;
  name: string;
  aliases: string[];
  kind: (typeof ADDRESS_KINDS)[number];
  gridCode: string | null;
  /** degrees */
  lng: number | null;
  lat: number | null;
}

const COLUMNS = {
  code: addresses.code,
  name: addresses.name,
  aliases: addresses.aliases,
  kind: addresses.kind,
  gridCode: addresses.gridCode,
  lng: addresses.lng,
  lat: addresses.lat,
};

export async function findAddress(db: Db, code: string): Promise<Address | null> {
  const [row] = await db.orm
    .select(COLUMNS)
    .from(addresses)
    .where(and(eq(addresses.site, db.site), eq(addresses.active, true), eq(addresses.code, code)));
  return row === undefined ? null : asAddress(row);
}

/**
 * Addresses that bear exactly this name or have it among their aliases, those taught in chat included, by
 * code; at most `limit`.
 */
export async function addressesNamed(db: Db, name: string, limit: number): Promise<Address[]> {
  const rows = await db.orm
    .select(COLUMNS)
    .from(addresses)
    .where(
      and(
        eq(addresses.site, db.site),
        eq(addresses.active, true),
        or(
          eq(addresses.name, name),
          arrayContains(addresses.aliases, [name]),
          exists(
            db.orm
              .select({ alias: placeAliases.alias })
              .from(placeAliases)
              .where(
                and(
                  eq(placeAliases.site, db.site),
                  eq(placeAliases.alias, name),
                  eq(placeAliases.addressCode, addresses.code),
                  eq(placeAliases.active, true),
                ),
              ),
          ),
        ),
      ),
    )
    .orderBy(asc(addresses.code))
    .limit(limit);
  return rows.map(asAddress);
}

/**
 * Every address of the site with all its aliases, by code, in batches: a city has 300,000 of them. Each batch is a query of
 * its own, so an import between two batches may be seen in part; read again when `importedAt` changes.
 */
export async function* addressBatches(db: Db, size = 5000): AsyncGenerator<Address[]> {
  const taught = await taughtAliases(db);
  let last = "";
  for (;;) {
    const rows = await db.orm
      .select(COLUMNS)
      .from(addresses)
      .where(and(eq(addresses.site, db.site), eq(addresses.active, true), gt(addresses.code, last)))
      .orderBy(asc(addresses.code))
      .limit(size);
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows.map(asAddress).map((address) => ({
      ...address,
      aliases: [...address.aliases, ...(taught.get(address.code) ?? [])],
    }));
    last = end.code;
  }
}

function asAddress(
  row: Omit<Address, "lng" | "lat"> & { lng: string | null; lat: string | null },
): Address {
  return {
    ...row,
    lng: row.lng === null ? null : Number(row.lng),
    lat: row.lat === null ? null : Number(row.lat),
  };
}
