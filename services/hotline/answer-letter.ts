import type { HotlineAnswerRow } from "../../db/queries/hotline-answers.ts";
import { HOTLINE_NAMES } from "../domain/hotline/line.ts";
import type { HotlineMapping } from "../domain/hotline/mapping.ts";
import { isoLocal } from "../domain/time.ts";

/** What a hotline is told, in its own words where it has some. */
export interface AnswerLetter {
  /** the same for every try: whoever gets it twice can tell */
  id: string;
  subject: string;
  /** name and value, in the order of a form */
  fields: readonly (readonly [name: string, value: string])[];
  data: Record<string, string | null>;
}

/** Headings of what goes back, for mail, CSV and XLSX alike. */
export const ANSWER_COLUMNS = [
  "工单编号",
  "工单状态",
  "办理结果",
  "承办单位",
  "办理时间",
  "事件编号",
] as const;

export function answerLetter(row: HotlineAnswerRow, mapping: HotlineMapping): AnswerLetter {
  const stateName = mapping.wordOf(row.state);
  const at = isoLocal(row.at);
  const values = [
    row.orderNo,
    stateName,
    row.text,
    row.orgName ?? "",
    at.slice(0, 19).replace("T", " "),
    row.eventNo,
  ];
  return {
    id: row.id,
    subject: `【${HOTLINE_NAMES[row.line]} 工单回传】${row.orderNo} ${stateName}`,
    fields: ANSWER_COLUMNS.map((name, index) => [name, values[index] ?? ""] as const),
    data: {
      line: row.line,
      orderNo: row.orderNo,
      eventNo: row.eventNo,
      kind: row.kind,
      state: row.state,
      stateName,
      text: row.text,
      orgName: row.orgName,
      at,
    },
  };
}
