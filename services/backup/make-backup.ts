import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Database, Db } from "../../db/client.ts";
import { loadDump } from "../../db/load-dump.ts";
import { lastSeal } from "../../db/queries/audit-seals.ts";
import { countContacts } from "../../db/queries/contact-fields.ts";
import { appliedMigration, countRows, exportSnapshot } from "../../db/queries/database-contents.ts";
import { copyFiles, filesBelow, filesToKeep, listFile } from "./files.ts";
import { MANIFEST, type Manifest } from "./manifest.ts";
import { dumpServer } from "./postgres-tools.ts";

export const DUMP_FILES = { pglite: "database.tar.gz", postgres: "database.dump" } as const;

export interface BackupPlace {
  url: string;
  dataDir: string;
  /** where the backup is made: absent, or empty */
  folder: string;
}

/**
 * Writes database and files as of one moment into a folder. The product may go on writing meanwhile:
 * files are copied before and after the database is dumped, and a file is there before its row is, so
 * that every file a row names is in the backup unless its time was over in between.
 *
 * @throws when the folder is not empty, or the database cannot be dumped
 */
export async function makeBackup(
  database: Database,
  { url, dataDir, folder }: BackupPlace,
  { version, now }: { version: string; now: Date },
): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new Error(`${folder} is not empty. Name a new folder for each backup.`);
  const kept = join(folder, "files");
  const done = await copyFiles(dataDir, kept, await filesToKeep(dataDir));
  const serverMajor = await majorOf(database);
  const contents =
    database.dump === null
      ? await dumpFromServer(database, url, serverMajor, join(folder, DUMP_FILES.postgres))
      : await dumpEmbedded(database, database.dump, join(folder, DUMP_FILES.pglite));
  await copyFiles(dataDir, kept, await filesToKeep(dataDir), done);
  const files = [];
  for (const path of await filesBelow(folder)) files.push(await listFile(folder, path));
  const manifest: Manifest = {
    format: 1,
    version,
    madeAt: now.toISOString(),
    engine: database.engine,
    serverMajor,
    site: database.site,
    ...contents,
    files,
  };
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
  });
  return manifest;
}

type Contents = Pick<Manifest, "migration" | "rows" | "auditHead" | "contactKeys">;

async function contentsOf(db: Db): Promise<Contents> {
  const keys = (await countContacts(db)).flatMap(({ keyId }) => keyId ?? []);
  return {
    migration: await appliedMigration(db),
    rows: await countRows(db),
    auditHead: (await lastSeal(db))?.hash ?? null,
    contactKeys: [...new Set(keys)],
  };
}

/** What is counted and what is dumped are seen through one snapshot. */
const dumpFromServer = (
  database: Database,
  url: string,
  serverMajor: number,
  file: string,
): Promise<Contents> =>
  database.transaction(async (tx) => {
    const snapshot = await exportSnapshot(tx);
    const contents = await contentsOf(tx);
    await dumpServer(url, serverMajor, snapshot, file);
    return contents;
  });

/** Counted in the dump itself, which is thereby known to open. */
async function dumpEmbedded(
  database: Database,
  dump: () => Promise<Blob>,
  file: string,
): Promise<Contents> {
  const blob = await dump();
  await writeFile(file, Buffer.from(await blob.arrayBuffer()), { mode: 0o600 });
  const copy = await loadDump(blob, null, database.site);
  try {
    return await contentsOf(copy);
  } finally {
    await copy.close();
  }
}

export async function majorOf(db: Db): Promise<number> {
  const [row] = await db.rows<{ server_version_num: string }>(sql`show server_version_num`);
  return Math.floor(Number(row?.server_version_num) / 10_000);
}
