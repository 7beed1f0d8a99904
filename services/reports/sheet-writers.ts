import { writeFile } from "node:fs/promises";
import { stringify } from "csv-stringify/sync";
import writeXlsxFile, { type Row } from "write-excel-file/node";
import { asSheetText } from "../domain/sheet-text.ts";
import type { Cell, LedgerColumn } from "./ledger.ts";

/** Takes rows as they come and makes a file of them. */
export interface SheetWriter {
  add(rows: readonly Cell[][]): void;
  finish(path: string): Promise<void>;
}

export interface SheetHead {
  name: string;
  columns: readonly LedgerColumn[];
}

/** Every text is written as text: what begins with `=` is shown, not calculated. */
export function xlsxWriter({ name, columns }: SheetHead): SheetWriter {
  const rows: Row[] = [
    columns.map(({ title }) => ({
      value: title,
      type: String,
      fontWeight: "bold" as const,
      backgroundColor: "#F2F2F2" as const,
    })),
  ];
  return {
    add(more) {
      for (const cells of more)
        rows.push(
          cells.map((cell) => {
            if (cell === null || cell === "") return null;
            return typeof cell === "number"
              ? { value: cell, type: Number }
              : { value: printable(cell), type: String };
          }),
        );
    },
    finish: (path) =>
      writeXlsxFile(rows, {
        sheet: name,
        stickyRowsCount: 1,
        columns: columns.map(({ width }) => ({ width })),
      }).toFile(path),
  };
}

/** UTF-8 with a mark, as Excel wants it; what it would take for a formula stays a text. */
export function csvWriter({ columns }: SheetHead): SheetWriter {
  const options = { record_delimiter: "\r\n", quoted_match: /[\r\n]/ };
  const parts = [`\uFEFF${stringify([columns.map(({ title }) => title)], options)}`];
  return {
    add: (more) =>
      void parts.push(
        stringify(
          more.map((cells) =>
            cells.map((cell) => (typeof cell === "string" ? asSheetText(cell) : cell)),
          ),
          options,
        ),
      ),
    finish: (path) => writeFile(path, parts.join("")),
  };
}

/** XML knows no control characters; a file with one in it does not open. */
const printable = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
