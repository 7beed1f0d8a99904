import type { Grid } from "../../db/queries/directory.ts";
import { type CodeMaker, NoCode } from "./code-maker.ts";
import { openLedger } from "./ledger.ts";
import { hasSheet, writeSheet } from "./write-sheet.ts";

export interface SheetsWanted {
  folder: string;
  district: string;
  grids: readonly Grid[];
  make: CodeMaker;
  /** codes that the account may have in all; null: as many as one likes */
  most: number | null;
}

export interface SheetsMade {
  made: number;
  /** lay there already */
  skipped: number;
  /** why it ended before the last grid; null: it did not */
  stopped: string | null;
}

/**
 * One sheet for each grid. What lies there is left alone, and a code that was given once is used again, so
 * that the same call goes on where another ended.
 */
export async function makeSheets(wanted: SheetsWanted): Promise<SheetsMade> {
  const { folder, district, grids, make, most } = wanted;
  const ledger = await openLedger(folder);
  const fresh = grids.filter(({ code }) => !ledger.urls.has(code)).length;
  if (most !== null && ledger.urls.size + fresh > most)
    throw new NoCode(
      `${ledger.urls.size} codes are there and ${fresh} are wanted: an account has at most ${most} for good. Name the grids that need one: --grid CODE.`,
    );
  const done: SheetsMade = { made: 0, skipped: 0, stopped: null };
  for (const grid of grids) {
    if (hasSheet(folder, grid.code)) {
      done.skipped++;
      continue;
    }
    try {
      const url = ledger.urls.get(grid.code) ?? (await newCode(grid.code));
      const { code: gridCode, name, streetName: street } = grid;
      await writeSheet(folder, url, { district, street, grid: name, gridCode });
      done.made++;
    } catch (error) {
      if (!(error instanceof NoCode)) throw error;
      return { ...done, stopped: error.message };
    }
  }
  return done;

  async function newCode(gridCode: string): Promise<string> {
    const url = await make(gridCode);
    await ledger.note(gridCode, url);
    return url;
  }
}
