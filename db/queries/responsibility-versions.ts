import { and, desc, eq, sql } from "drizzle-orm";
import type { ActorRef } from "../../services/domain/actor.ts";
import type { ResponsibilityItem } from "../../services/domain/responsibility.ts";
import type { Db } from "../client.ts";
import { responsibilityVersions } from "../schema/index.ts";
import { allResponsibilityItems } from "./catalog.ts";

export interface ListVersion {
  version: number;
  at: Date;
  by: ActorRef;
  /** how many items it has */
  count: number;
}

export const listNow = allResponsibilityItems;

/** Versions of the 属地管理清单, newest first, without their items. */
export const listVersions = (db: Db): Promise<ListVersion[]> =>
  db.orm
    .select({
      version: responsibilityVersions.version,
      at: responsibilityVersions.at,
      by: responsibilityVersions.by,
      count: sql<number>`jsonb_array_length(${responsibilityVersions.items})::int`,
    })
    .from(responsibilityVersions)
    .where(eq(responsibilityVersions.site, db.site))
    .orderBy(desc(responsibilityVersions.version));

export async function latestListVersion(db: Db): Promise<number | null> {
  return (await listVersions(db))[0]?.version ?? null;
}

/** The items of a version; null where there is no such version. */
export async function itemsOfListVersion(
  db: Db,
  version: number,
): Promise<ResponsibilityItem[] | null> {
  const [row] = await db.orm
    .select({ items: responsibilityVersions.items })
    .from(responsibilityVersions)
    .where(
      and(eq(responsibilityVersions.site, db.site), eq(responsibilityVersions.version, version)),
    );
  return row?.items ?? null;
}

/** Keeps the list as it stands now as the next version. Imports are done one at a time. */
export async function addListVersion(
  tx: Db,
  { at, by }: Pick<ListVersion, "at" | "by">,
): Promise<void> {
  const version = ((await latestListVersion(tx)) ?? 0) + 1;
  const items = await listNow(tx);
  await tx.orm.insert(responsibilityVersions).values({ site: tx.site, version, at, by, items });
}
