import { isUtf8 } from "node:buffer";
import { CsvError, parse } from "csv-parse/sync";
import readXlsxFile from "read-excel-file/node";
import type { FeedProblem, FeedRow } from "../domain/hotline/feed.ts";
import type { HotlineMapping } from "../domain/hotline/mapping.ts";
import { unknownColumn, unknownColumns } from "../domain/hotline/order.ts";
import { fromSheetText } from "../domain/sheet-text.ts";
import { checkedXlsx } from "./checked-xlsx.ts";

export type ReadSheet =
  | { ok: true; rows: FeedRow[] }
  | { ok: false; problems: readonly FeedProblem[] };

const LONGEST_ROW_BYTES = 1_000_000;
export const MOST_ROWS = 20_000;

/**
 * Reads the orders of a CSV (UTF-8 with or without a mark, GBK; comma, semicolon or tab) or XLSX file, by
 * its header. A column that the mapping does not know keeps the whole file out: it may be the deadline.
 *
 * @param name - its ending says which it is
 */
export async function readSheet(
  name: string,
  bytes: Uint8Array,
  mapping: HotlineMapping,
): Promise<ReadSheet> {
  const table = /\.xlsx$/i.test(name) ? await xlsxTable(bytes) : csvTable(bytes);
  if (!Array.isArray(table)) return { ok: false, problems: [table] };
  const [header, ...rest] = table;
  if (header === undefined || header.cells.every((cell) => cell.trim() === ""))
    return unreadable("文件是空的。请确认导出的文件里有表头和工单。");
  const columns = header.cells.map((cell) => cell.trim());
  const unknown = unknownColumns(columns, mapping);
  if (unknown.length > 0)
    return {
      ok: false,
      problems: unknown.map((column) => ({ at: header.at, ...unknownColumn(column) })),
    };
  if (!columns.some((column) => mapping.fieldOf(column) === "no"))
    return unreadable(
      "表头里没有工单编号一列。请确认导出的是工单,或在 hotline-mapping.csv 里对照。",
    );
  if (rest.length > MOST_ROWS)
    return unreadable(`一个文件最多 ${MOST_ROWS} 行。请按日期分几次导出。`);
  return {
    ok: true,
    rows: rest
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""))
      .map(({ at, cells }) => ({
        at,
        row: columns.flatMap((column, index) =>
          column === "" ? [] : [[column, cells[index] ?? ""] as const],
        ),
      })),
  };
}

interface TableRow {
  /** line of a CSV file, row of a sheet, from 1 */
  at: number;
  cells: string[];
}

const problem = (what: string): FeedProblem => ({ at: 1, column: "file", what });
const unreadable = (what: string): ReadSheet => ({ ok: false, problems: [problem(what)] });

/** Old systems export GBK; whatever is not UTF-8 is taken for it. */
const textOf = (bytes: Uint8Array): string =>
  new TextDecoder(isUtf8(bytes) ? "utf-8" : "gb18030").decode(bytes);

function csvTable(bytes: Uint8Array): TableRow[] | FeedProblem {
  const rows: TableRow[] = [];
  try {
    parse(textOf(bytes), {
      bom: true,
      delimiter: delimiterOf(textOf(bytes)),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW_BYTES,
      on_record: (cells: string[], { lines }) => {
        rows.push({ at: lines, cells: cells.map(withoutApostrophe) });
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return problem(
      `第 ${String(error.lines ?? "?")} 行起不是正确的 CSV(${error.code})。请重新导出,或另存为 XLSX。`,
    );
  }
}

/** Spreadsheets and our own exports put an apostrophe, a tab or ="…" around what shall stay a text. */
const withoutApostrophe = (cell: string): string =>
  fromSheetText(cell.replace(/^="(.*)"$/s, "$1").replace(/^['\t](?=\d)|^\t(?=[=+@-])/, ""));

function delimiterOf(text: string): string {
  const [header = ""] = text.split(/\r?\n/, 1);
  const count = (sign: string) => header.split(sign).length;
  return [",", "\t", ";"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

async function xlsxTable(bytes: Uint8Array): Promise<TableRow[] | FeedProblem> {
  const checked = await checkedXlsx(bytes);
  if (!checked.ok) return problem(checked.reason);
  try {
    const [sheet] = await readXlsxFile(Buffer.from(checked.bytes));
    return (sheet?.data ?? []).map((cells, index) => ({
      at: index + 1,
      cells: cells.map(cellText),
    }));
  } catch {
    return problem("不是能打开的 XLSX 文件。请重新导出,或另存为 CSV。");
  }
}

/** A spreadsheet's moment has no time zone: it is what stands on the clock, in China. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace("T", " ");
  // Digits that a number cannot hold are gone: better a complaint than a wrong order.
  if (typeof cell === "number" && !Number.isSafeInteger(cell) && Math.abs(cell) >= 1e15)
    return cell.toExponential(5);
  return String(cell);
}
