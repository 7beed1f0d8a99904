import type { Database } from "../../../db/client.ts";
import { readHotlineMapping } from "../../../db/queries/hotline.ts";
import { answersToExport, type HotlineAnswerRow } from "../../../db/queries/hotline-answers.ts";
import type { HotlineLine } from "../../domain/hotline/line.ts";
import { ANSWER_COLUMNS, answerLetter } from "../../hotline/answer-letter.ts";
import { csvWriter, xlsxWriter } from "../../reports/sheet-writers.ts";
import type { Office } from "../office.ts";
import { noteArrived } from "./send-answers.ts";

export const EXPORT_FORMATS = ["csv", "xlsx"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const WIDTHS = [20, 12, 60, 24, 20, 18];

/**
 * Writes what waits for a hotline, or everything since a moment, into a file for somebody to upload.
 *
 * @returns what is in it; whoever has brought it there says so by `handOver`
 */
export async function exportAnswers(
  database: Database,
  line: HotlineLine,
  since: Date | null,
  format: ExportFormat,
  path: string,
): Promise<HotlineAnswerRow[]> {
  const mapping = await readHotlineMapping(database, line);
  const rows = await answersToExport(database, line, since);
  const head = {
    name: "工单回传",
    columns: ANSWER_COLUMNS.map((title, index) => ({ title, width: WIDTHS[index] ?? 20 })),
  };
  const writer = format === "xlsx" ? xlsxWriter(head) : csvWriter(head);
  writer.add(rows.map((row) => answerLetter(row, mapping).fields.map(([, value]) => value)));
  await writer.finish(path);
  return rows;
}

/** What was exported is with the hotline. @param name - of the file, as its receipt */
export async function handOver(
  database: Database,
  office: Office,
  rows: readonly HotlineAnswerRow[],
  name: string,
): Promise<number> {
  const waiting = rows.filter(({ sendState }) => sendState !== "sent");
  for (const row of waiting)
    await noteArrived(database, office, row, { road: "file", receipt: name });
  return waiting.length;
}
