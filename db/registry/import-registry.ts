import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { sites } from "../schema/index.ts";
import { checkAcrossFiles, inReadingOrder } from "./check-references.ts";
import { REGISTRY_FILES } from "./files.ts";
import { type KnownCodes, readKnownCodes } from "./known-codes.ts";
import { leftHanging } from "./left-hanging.ts";
import type { Problem } from "./problem.ts";
import { type Folder, readFolder } from "./read-folder.ts";
import { removeSampleDistrict } from "./remove-sample-district.ts";
import { deactivateRows, writeRows } from "./write-rows.ts";

export interface ImportOptions {
  /** deactivates the rows that the files given leave out; a file that is absent is left alone */
  prune?: boolean;
  /** finds out what would change, and writes nothing */
  dryRun?: boolean;
  /** the folder holds the made-up district */
  sample?: boolean;
  now: Date;
}

export type ImportOutcome =
  | {
      ok: true;
      changes: FileChanges[];
      /** the sample district had to go */
      sampleRemoved: boolean;
      ignored: string[];
    }
  | { ok: false; problems: Problem[]; ignored: string[] };

export interface FileChanges {
  file: string;
  rows: number;
  added: number;
  /** rows that were there and read otherwise, or were inactive */
  changed: number;
  deactivated: number;
}

/**
 * Loads a district from a folder of registry files: all of it or, with a single bad row, nothing. The
 * same folder a second time changes nothing.
 *
 * @throws when the folder cannot be read or the database fails
 */
export async function importRegistry(
  database: Db,
  path: string,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const folder = await readFolder(path);
  try {
    return await database.transaction(async (tx) => {
      const outcome = await importFolder(tx, folder, options);
      if (!outcome.ok || options.dryRun) throw new UndoAll(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof UndoAll) return error.outcome;
    throw error;
  }
}

/** A transaction is undone by a throw only. */
class UndoAll extends Error {
  readonly outcome: ImportOutcome;
  constructor(outcome: ImportOutcome) {
    super("undone");
    this.outcome = outcome;
  }
}

async function importFolder(
  tx: Db,
  folder: Folder,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const prune = options.prune ?? false;
  const failed = (problems: Problem[]): ImportOutcome => ({
    ok: false,
    problems: inReadingOrder(problems),
    ignored: folder.ignored,
  });
  await oneImportAtATime(tx);
  const sample = await removeSampleDistrict(tx);
  if (sample === "inUse") return failed([SAMPLE_IN_USE]);

  const known = await readKnownCodes(tx, folder, prune);
  const noOrgs = missingOrgs(folder, known);
  // Without organisations every reference would be complained about, and say nothing new.
  const across = noOrgs.length > 0 ? [] : checkAcrossFiles(folder, known);
  const problems = [...noOrgs, ...folder.problems, ...across];
  if (problems.length > 0) return failed(problems);

  const changes = await writeFolder(tx, folder, prune ? known : null);
  if (changes.some((change) => change.deactivated > 0)) {
    const hanging = await leftHanging(tx);
    if (hanging.length > 0) return failed(hanging);
  }
  const changed = changes.some((change) => change.added + change.changed + change.deactivated > 0);
  if (changed || sample === "removed") await noteImport(tx, options);
  return { ok: true, changes, sampleRemoved: sample === "removed", ignored: folder.ignored };
}

const SAMPLE_IN_USE: Problem = {
  file: "orgs.csv",
  line: 1,
  column: "file",
  what: "the database holds the sample district with events in it, and a real district is never loaded beside it. Import into another SITE, another DATA_DIR or another DATABASE_URL.",
};

/** Two imports at once would judge by what the other is about to change. Held until the transaction ends. */
export const oneImportAtATime = (tx: Db) =>
  tx.orm.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`yihu registry ${tx.site}`}, 0))`,
  );

function missingOrgs(folder: Folder, known: KnownCodes): Problem[] {
  const first = known.before.get("orgs.csv")?.size === 0;
  if (!first || folder.given.has("orgs.csv")) return [];
  const what =
    "is missing. The first import needs it: every other file refers to organisations. Add it to the folder.";
  return [{ file: "orgs.csv", line: 1, column: "file", what }];
}

/** @param pruneBy - what the database had, where rows that are left out are to be deactivated */
async function writeFolder(
  tx: Db,
  folder: Folder,
  pruneBy: KnownCodes | null,
): Promise<FileChanges[]> {
  const changes: FileChanges[] = [];
  for (const file of REGISTRY_FILES) {
    const given = folder.given.get(file.name);
    if (given === undefined) continue;
    const written = await writeRows(tx, file, given.rows);
    const kept = pruneBy?.after.get(file.name);
    const leftOut = [...(pruneBy?.before.get(file.name) ?? [])].filter(([key]) => !kept?.has(key));
    await deactivateRows(
      tx,
      file,
      leftOut.map(([, values]) => values),
    );
    changes.push({
      file: file.name,
      rows: given.rows.length,
      ...written,
      deactivated: leftOut.length,
    });
  }
  return changes;
}

async function noteImport(tx: Db, options: ImportOptions): Promise<void> {
  const noted = { sample: options.sample ?? false, importedAt: options.now };
  await tx.orm
    .insert(sites)
    .values({ site: tx.site, ...noted })
    .onConflictDoUpdate({ target: sites.site, set: noted });
}
