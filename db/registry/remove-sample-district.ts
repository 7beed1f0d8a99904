import { eq, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { apiTokens, events, obligations, responsibilityVersions, sites } from "../schema/index.ts";
import { REGISTRY_FILES } from "./files.ts";

/**
 * Makes room for a real district. The made-up one is removed altogether, tokens of its people included,
 * but only as long as nothing has happened in it: an event must not lose its grid and its people.
 */
export async function removeSampleDistrict(tx: Db): Promise<"none" | "removed" | "inUse"> {
  const [site] = await tx.orm
    .select({ sample: sites.sample })
    .from(sites)
    .where(eq(sites.site, tx.site));
  if (!site?.sample) return "none";
  if ((await hasRows(tx, events)) || (await hasRows(tx, obligations))) return "inUse";
  for (const file of REGISTRY_FILES) {
    await tx.orm.execute(sql`delete from ${sql.identifier(file.table)} where site = ${tx.site}`);
  }
  await tx.orm.delete(responsibilityVersions).where(eq(responsibilityVersions.site, tx.site));
  await tx.orm.delete(apiTokens).where(eq(apiTokens.site, tx.site));
  return "removed";
}

async function hasRows(tx: Db, table: typeof events | typeof obligations): Promise<boolean> {
  const rows = await tx.orm
    .select({ site: table.site })
    .from(table)
    .where(eq(table.site, tx.site))
    .limit(1);
  return rows.length > 0;
}
