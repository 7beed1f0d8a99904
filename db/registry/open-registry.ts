import { existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { type Database, openDatabase } from "../client.ts";
import type { ContactKey } from "../contacts/vault.ts";
import { migrate } from "../migrate.ts";

export interface RegistryPlace {
  url: string;
  site: string;
  /** of contact fields; absent: there are none */
  keys?: (missing: "make" | "none") => ContactKey[];
}

/** The database to import into, brought to this version's schema. */
export async function openForWriting({ url, site, keys }: RegistryPlace): Promise<Database> {
  const database = await openDatabase(url, site, keys?.("make"));
  try {
    await migrate(database, url);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** The database to look at, without changing it in any way; null where there is none yet, or an empty one. */
export async function openForReading({ url, site, keys }: RegistryPlace): Promise<Database | null> {
  const folder = url.startsWith("pglite:") ? url.slice("pglite:".length) : null;
  if (folder !== null && !existsSync(join(folder, "pglite"))) return null;
  const database = await openDatabase(url, site, keys?.("none"));
  try {
    const [found] = await database.rows<{ migrated: boolean }>(
      sql`select to_regclass('public.sites') is not null as migrated`,
    );
    if (found?.migrated) return database;
  } catch (error) {
    await database.close();
    throw error;
  }
  await database.close();
  return null;
}

/** As `openForReading`; an empty one in memory stands in for a database that is not there yet. */
export const openForDryRun = async (place: RegistryPlace): Promise<Database> =>
  (await openForReading(place)) ?? openForWriting({ url: "pglite:", site: place.site });
