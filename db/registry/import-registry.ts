import { type ActorRef, actorRef, SYSTEM } from "../../services/domain/actor.ts";
import type { Db } from "../client.ts";
import { lockUntilCommit } from "../queries/locks.ts";
import { addListVersion, latestListVersion, listNow } from "../queries/responsibility-versions.ts";
import { sites } from "../schema/index.ts";
import { checkAcrossFiles, inReadingOrder } from "./check-references.ts";
import { REGISTRY_FILES } from "./files.ts";
import { type KnownCodes, readKnownCodes } from "./known-codes.ts";
import { leftHanging } from "./left-hanging.ts";
import type { Problem } from "./problem.ts";
import { type Folder, folderOf, readFolder } from "./read-folder.ts";
import { removeSampleDistrict } from "./remove-sample-district.ts";
import { changesRowByRow, type RowChange } from "./row-changes.ts";
import { deactivateRows, writeRows } from "./write-rows.ts";

export interface ImportOptions {
  /** deactivates the rows that the files given leave out; a file that is absent is left alone */
  prune?: boolean;
  /** finds out what would change, and writes nothing */
  dryRun?: boolean;
  /** the folder holds the made-up district */
  sample?: boolean;
  /** amends the district that is there, be it the made-up one; absent: the made-up one has to go */
  amend?: boolean;
  /** tells each row that would change, or does */
  rowByRow?: boolean;
  /** who imports; absent: whoever may open the database */
  by?: ActorRef;
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
  /** where they were asked for, the first of them */
  rowChanges?: RowChange[];
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
  return importGiven(database, await readFolder(path), options);
}

/** The same of files that are at hand, by name. */
export const importFiles = (
  database: Db,
  files: ReadonlyMap<string, Buffer>,
  options: ImportOptions,
): Promise<ImportOutcome> => importGiven(database, folderOf(files), options);

async function importGiven(
  database: Db,
  folder: Folder,
  options: ImportOptions,
): Promise<ImportOutcome> {
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
  const sample = options.amend ? "none" : await removeSampleDistrict(tx);
  if (sample === "inUse") return failed([SAMPLE_IN_USE]);

  const known = await readKnownCodes(tx, folder, prune);
  const noOrgs = missingOrgs(folder, known);
  // Without organisations every reference would be complained about, and say nothing new.
  const across = noOrgs.length > 0 ? [] : checkAcrossFiles(folder, known);
  const problems = [...noOrgs, ...folder.problems, ...across];
  if (problems.length > 0) return failed(problems);

  const listed = folder.given.has(LIST_FILE);
  if (listed) await keepFirstListVersion(tx, options);
  const changes = await writeFolder(tx, folder, prune ? known : null, options.rowByRow ?? false);
  if (changes.some((change) => change.deactivated > 0)) {
    const hanging = await leftHanging(tx);
    if (hanging.length > 0) return failed(hanging);
  }
  const changed = changes.some(isChange);
  if (changed || sample === "removed") await noteImport(tx, options);
  if (changes.some((one) => one.file === LIST_FILE && isChange(one)))
    await keepListVersion(tx, options);
  return { ok: true, changes, sampleRemoved: sample === "removed", ignored: folder.ignored };
}

const LIST_FILE = "responsibility.csv";

const isChange = ({ added, changed, deactivated }: FileChanges): boolean =>
  added + changed + deactivated > 0;

const SAMPLE_IN_USE: Problem = {
  file: "orgs.csv",
  line: 1,
  column: "file",
  what: "the database holds the sample district with events in it, and a real district is never loaded beside it. Import into another SITE, another DATA_DIR or another DATABASE_URL.",
};

/** Two imports at once would judge by what the other is about to change. Held until the transaction ends. */
export const oneImportAtATime = (tx: Db): Promise<void> => lockUntilCommit(tx, "registry");

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
  rowByRow: boolean,
): Promise<FileChanges[]> {
  const changes: FileChanges[] = [];
  for (const file of REGISTRY_FILES) {
    const given = folder.given.get(file.name);
    if (given === undefined) continue;
    const kept = pruneBy?.after.get(file.name);
    const leftOut = [...(pruneBy?.before.get(file.name) ?? [])].filter(([key]) => !kept?.has(key));
    const rowChanges = rowByRow
      ? await changesRowByRow(
          tx,
          file,
          given.rows,
          leftOut.map(([key]) => key),
        )
      : null;
    const written = await writeRows(tx, file, given.rows);
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
      ...(rowChanges === null ? {} : { rowChanges }),
    });
  }
  return changes;
}

async function noteImport(tx: Db, options: ImportOptions): Promise<void> {
  const noted = { sample: options.sample ?? false, importedAt: options.now };
  const { importedAt } = noted;
  await tx.orm
    .insert(sites)
    .values({ site: tx.site, ...noted })
    .onConflictDoUpdate({ target: sites.site, set: options.amend ? { importedAt } : noted });
}

/** A list that was there before versions were kept becomes the first of them. */
async function keepFirstListVersion(tx: Db, options: ImportOptions): Promise<void> {
  if ((await latestListVersion(tx)) !== null || (await listNow(tx)).length === 0) return;
  await addListVersion(tx, { at: options.now, by: actorRef(SYSTEM) });
}

const keepListVersion = (tx: Db, { now, by }: ImportOptions): Promise<void> =>
  addListVersion(tx, { at: now, by: by ?? actorRef(SYSTEM) });
