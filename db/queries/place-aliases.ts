import { and, eq, max } from "drizzle-orm";
import type { PlaceAlias } from "../../services/domain/place-alias.ts";
import type { Db } from "../client.ts";
import { placeAliases } from "../schema/index.ts";

/** What was taught, by address code. */
export async function taughtAliases(db: Db): Promise<Map<string, string[]>> {
  const rows = await db.orm
    .select({ alias: placeAliases.alias, addressCode: placeAliases.addressCode })
    .from(placeAliases)
    .where(and(eq(placeAliases.site, db.site), eq(placeAliases.active, true)));
  const byAddress = new Map<string, string[]>();
  for (const { alias, addressCode } of rows)
    byAddress.set(addressCode, [...(byAddress.get(addressCode) ?? []), alias]);
  return byAddress;
}

/** When an alias was last taught or taken back; null where none ever was. */
export async function aliasesChangedAt(db: Db): Promise<Date | null> {
  const [row] = await db.orm
    .select({ at: max(placeAliases.changedAt) })
    .from(placeAliases)
    .where(eq(placeAliases.site, db.site));
  return row?.at ?? null;
}

export async function findAlias(db: Db, alias: string): Promise<PlaceAlias | null> {
  const [row] = await db.orm
    .select({ alias: placeAliases.alias, addressCode: placeAliases.addressCode })
    .from(placeAliases)
    .where(
      and(
        eq(placeAliases.site, db.site),
        eq(placeAliases.alias, alias),
        eq(placeAliases.active, true),
      ),
    );
  return row ?? null;
}

/** Teaches an alias, or another address for it. */
export async function writeAlias(
  tx: Db,
  taught: PlaceAlias & { taughtBy: string | null; changedAt: Date },
): Promise<void> {
  const { alias, ...rest } = taught;
  await tx.orm
    .insert(placeAliases)
    .values({ site: tx.site, alias, ...rest, active: true })
    .onConflictDoUpdate({
      target: [placeAliases.site, placeAliases.alias],
      set: { ...rest, active: true },
    });
}

export async function endAlias(tx: Db, alias: string, changedAt: Date): Promise<void> {
  await tx.orm
    .update(placeAliases)
    .set({ active: false, changedAt })
    .where(and(eq(placeAliases.site, tx.site), eq(placeAliases.alias, alias)));
}
