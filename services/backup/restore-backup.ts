import { existsSync, mkdirSync } from "node:fs";
import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { type Database, openDatabase } from "../../db/client.ts";
import type { ContactKey } from "../../db/contacts/vault.ts";
import { lockFolder } from "../../db/folder-lock.ts";
import { loadDump } from "../../db/load-dump.ts";
import { migrate } from "../../db/migrate.ts";
import { countRows, dropEverything } from "../../db/queries/database-contents.ts";
import { namedFiles } from "../../db/queries/named-files.ts";
import { newestMigration } from "../../db/queries/readiness.ts";
import { verifyAudit } from "../audit/verify.ts";
import { copyFiles, damagedFiles } from "./files.ts";
import { DUMP_FILES, majorOf } from "./make-backup.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { checkVersion, loadIntoServer } from "./postgres-tools.ts";

export interface RestorePlace {
  url: string;
  dataDir: string;
  site: string;
  folder: string;
  keys: readonly ContactKey[];
  /** what is there may go */
  replace: boolean;
  now: Date;
}

export interface Restored {
  manifest: Manifest;
  rows: Record<string, number>;
  audit: { entries: number; seals: number; head: string | null };
  /** files that rows name and that were not in the backup */
  missingFiles: number;
  /** names of keys that the database wants and that are not set */
  missingKeys: string[];
  /** where the embedded database of before lies now */
  movedTo: string | null;
}

/**
 * Brings a backup back: looks at every file first, loads the database, brings it to this version's schema
 * and looks at the audit trail. Until the files are found whole, nothing is touched.
 *
 * @throws with a sentence for the operator: what is wrong, and what to do
 */
export async function restoreBackup(place: RestorePlace): Promise<Restored> {
  const manifest = await readManifest(place.folder);
  await checkBackup(place, manifest);
  const movedTo = await loadDatabase(place, manifest);
  await copyFiles(
    join(place.folder, "files"),
    place.dataDir,
    manifest.files.flatMap(({ path }) => (path.startsWith("files/") ? [path.slice(6)] : [])),
  );
  const database = await openDatabase(place.url, place.site, place.keys);
  try {
    const rows = await countRows(database);
    const wrong = Object.entries(manifest.rows).filter(([table, count]) => rows[table] !== count);
    if (wrong.length > 0)
      throw new Error(
        `The database was loaded, but ${wrong.map(([table, count]) => `${table} has ${rows[table] ?? 0} rows instead of ${count}`).join(", ")}. Do not work with it; take another backup.`,
      );
    await migrate(database, place.url);
    return {
      manifest,
      rows,
      audit: await auditOf(database, manifest),
      missingFiles: (await namedFiles(database)).filter(
        (path) => !existsSync(join(place.dataDir, "attachments", path)),
      ).length,
      missingKeys: manifest.contactKeys.filter((id) => !place.keys.some((key) => key.id === id)),
      movedTo,
    };
  } finally {
    await database.close();
  }
}

async function checkBackup(place: RestorePlace, manifest: Manifest): Promise<void> {
  const engine = place.url.startsWith("pglite:") ? "pglite" : "postgres";
  if (manifest.engine !== engine)
    throw new Error(
      manifest.engine === "postgres"
        ? "The backup is of a PostgreSQL server and cannot go into the embedded database. Set DATABASE_URL."
        : "The backup is of the embedded database and cannot go into a server. Remove DATABASE_URL.",
    );
  if (manifest.site !== place.site)
    throw new Error(
      `The backup is of SITE=${manifest.site}, and SITE is ${place.site}. Set SITE=${manifest.site}.`,
    );
  if ((manifest.migration ?? 0) > newestMigration())
    throw new Error(
      `The backup is of a newer version (${manifest.version}) than this one. Restore it with that version, or a later one.`,
    );
  const damaged = await damagedFiles(place.folder, manifest.files);
  if (damaged.length > 0)
    throw new Error(
      `The backup is damaged, and nothing was touched:\n${damaged.map((line) => `  - ${line}`).join("\n")}\nTake another backup, or another copy of this one.`,
    );
}

const NOT_EMPTY =
  "holds rows already, and nothing was touched. Name another one, or add --replace to give up what is there.";

/** @returns where the embedded database of before was moved to */
async function loadDatabase(place: RestorePlace, manifest: Manifest): Promise<string | null> {
  const dump = join(place.folder, DUMP_FILES[manifest.engine]);
  return manifest.engine === "postgres" ? intoServer(place, dump) : intoFolder(place, dump);
}

async function intoServer(place: RestorePlace, dump: string): Promise<null> {
  const database = await openDatabase(place.url, place.site);
  let serverMajor: number;
  try {
    serverMajor = await majorOf(database);
    await checkVersion("pg_restore", serverMajor);
    if (!place.replace && (await holdsRows(database))) throw new Error(`The database ${NOT_EMPTY}`);
    await dropEverything(database);
  } finally {
    await database.close();
  }
  await loadIntoServer(place.url, serverMajor, dump);
  return null;
}

async function intoFolder(place: RestorePlace, dump: string): Promise<string | null> {
  const { dataDir } = place;
  const present = join(dataDir, "pglite");
  let movedTo: string | null = null;
  if (existsSync(present)) {
    const database = await openDatabase(place.url, place.site);
    const filled = await holdsRows(database).finally(() => database.close());
    if (filled && !place.replace) throw new Error(`The database in ${dataDir} ${NOT_EMPTY}`);
    movedTo = `${present}.${place.now.toISOString().replaceAll(/[:.]/g, "-")}`;
    await rename(present, movedTo);
  }
  const blob = new Blob([new Uint8Array(await readFile(dump))]);
  mkdirSync(dataDir, { recursive: true });
  const unlock = lockFolder(dataDir);
  try {
    await (await loadDump(blob, dataDir, place.site)).close();
  } finally {
    unlock();
  }
  return movedTo;
}

const holdsRows = async (database: Database): Promise<boolean> =>
  Object.values(await countRows(database)).some((count) => count > 0);

async function auditOf(database: Database, manifest: Manifest): Promise<Restored["audit"]> {
  const verified = await verifyAudit(database, manifest.auditHead);
  if (!verified.ok)
    throw new Error(
      "The database was loaded, but its audit trail does not hold. Do not work with it: run `npm run audit:verify` to see where, and take another backup.",
    );
  const { entries, seals, head } = verified;
  return { entries, seals, head };
}
