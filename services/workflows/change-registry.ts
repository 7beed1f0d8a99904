import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { registryText } from "../../db/registry/export-registry.ts";
import { type ImportOutcome, importFiles } from "../../db/registry/import-registry.ts";
import type { Actor } from "../domain/actor.ts";
import { actorRef } from "../domain/actor.ts";
import { asSheetText } from "../domain/sheet-text.ts";
import type { Office } from "./office.ts";

export interface RegistryChange {
  files: ReadonlyMap<string, Buffer>;
  /** deactivates what the given files leave out */
  prune: boolean;
  /** changes the district that is there, be it the made-up one */
  amend: boolean;
}

/** What an import would do, row by row; nothing is written. */
export const previewRegistry = (
  database: Db,
  office: Office,
  { files, prune, amend }: RegistryChange,
): Promise<ImportOutcome> =>
  importFiles(database, files, {
    prune,
    amend,
    dryRun: true,
    rowByRow: true,
    now: office.clock.now(),
  });

/**
 * Imports as `npm run registry:import` does, all or nothing, and writes down who did it.
 *
 * @param noted - what the trail says of it; absent: how many rows of which file
 */
export const importRegistryAs = (
  database: Db,
  office: Office,
  { files, prune, amend }: RegistryChange,
  actor: Actor,
  noted?: { action: string; subject: { type: string; no: string | null }; reason: string },
): Promise<ImportOutcome> =>
  database.transaction(async (tx) => {
    const at = office.clock.now();
    const outcome = await importFiles(tx, files, { prune, amend, by: actorRef(actor), now: at });
    if (!outcome.ok) return outcome;
    const said = noted ?? {
      action: "importRegistry",
      subject: { type: "registry", no: null },
      reason: summaryOf(outcome),
    };
    await writeAudit(tx, { at, actor, outcome: "done", ...said });
    return outcome;
  });

const summaryOf = (outcome: Extract<ImportOutcome, { ok: true }>): string =>
  outcome.changes
    .map(({ file, added, changed, deactivated }) => `${file} +${added} ~${changed} -${deactivated}`)
    .join("; ") || "no change";

/** One row of a registry file, as its columns have it. */
export type RegistryRow = readonly string[];

/**
 * Adds or replaces one row of a registry file, by the road an import takes.
 *
 * @param row - in the order of the header
 */
export async function setRegistryRow(
  database: Db,
  office: Office,
  file: string,
  row: RegistryRow,
  actor: Actor,
  noted: { action: string; subject: { type: string; no: string | null }; reason: string },
): Promise<ImportOutcome> {
  const [header = ""] = (await registryText(database, file)).split("\r\n", 1);
  const text = `${header}\r\n${row.map(quoted).join(",")}\r\n`;
  const files = new Map([[file, Buffer.from(text)]]);
  return importRegistryAs(database, office, { files, prune: false, amend: true }, actor, noted);
}

/** Takes one row out of a registry file, by the road an import with `--prune` takes. */
export const removeRegistryRow = (
  database: Db,
  office: Office,
  file: string,
  key: RegistryRow,
  actor: Actor,
  noted: { action: string; subject: { type: string; no: string | null }; reason: string },
): Promise<ImportOutcome> =>
  database.transaction(async (tx) => {
    const files = new Map([[file, Buffer.from(await textWithout(tx, file, key))]]);
    return importRegistryAs(tx, office, { files, prune: true, amend: true }, actor, noted);
  });

async function textWithout(tx: Db, file: string, key: RegistryRow): Promise<string> {
  const lines = (await registryText(tx, file)).split("\r\n");
  const start = `${key.map(quoted).join(",")},`;
  return lines.filter((line, at) => at === 0 || !`${line},`.startsWith(start)).join("\r\n");
}

/** As an export has it. */
function quoted(text: string): string {
  const cell = asSheetText(text);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
