import type { CallState } from "../domain/call-ticket.ts";
import { isoLocal } from "../domain/time.ts";
import { UPWARD_OCCASION_NAMES, type UpwardOccasion } from "../domain/upward.ts";
import type { CallForm } from "../print/call-form.ts";

/** What goes up to the district's platform: words for people, a form to file, data for a machine. */
export interface UpwardLetter {
  /** the same for every try: whoever gets it twice can tell */
  id: string;
  /** of its files, such as `HJ20261123-003-call` */
  name: string;
  subject: string;
  text: string;
  /** the form; null where there is no font to print it with, then `html` goes along */
  pdf: Uint8Array | null;
  html: string;
  data: Record<string, unknown>;
}

export function upwardLetter(
  { id, occasion }: { id: string; occasion: UpwardOccasion },
  call: CallState,
  form: CallForm,
  files: Pick<UpwardLetter, "pdf" | "html">,
): UpwardLetter {
  const { head, rows } = form.departments;
  const urgent = call.callType === "emergency" ? "【突发】" : "";
  return {
    id,
    name: `${call.no}-${occasion}`,
    subject: `${urgent}【街呼区应·${UPWARD_OCCASION_NAMES[occasion]}】${call.no} ${call.summary}`,
    text: [
      `${form.title} ${form.no}`,
      "",
      ...form.facts.map(([label, text]) => `${label}:${text}`),
      "",
      head.join(" | "),
      ...rows.map((row) => row.map((text) => text.replaceAll("\n", " ")).join(" | ")),
      "",
      `签批:${form.signature}`,
      ...(form.closing === null ? [] : [`结案意见:${form.closing}`]),
    ].join("\n"),
    ...files,
    data: dataOf(call, occasion),
  };
}

/** The call for a machine, in the words of the API. */
function dataOf(call: CallState, occasion: UpwardOccasion): Record<string, unknown> {
  const moment = (at: Date | null) => (at === null ? null : isoLocal(at));
  return {
    occasion,
    no: call.no,
    status: call.status,
    callType: call.callType,
    itemNo: call.itemNo,
    street: call.streetCode,
    cause: call.cause,
    place: call.place,
    wantedDepts: call.wantedDepts,
    reportAt: moment(call.reportAt),
    reportPlace: call.reportPlace,
    approval:
      call.approval === null ? null : { by: call.approval.by.name, at: isoLocal(call.approval.at) },
    responses: call.responses.map((response) => ({
      deptCode: response.deptCode,
      status: response.status,
      headcount: response.headcount,
      respondedAt: moment(response.respondedAt),
      arrivedAt: moment(response.checkIn?.at ?? null),
      late: response.checkIn?.late ?? null,
      completion: response.completion,
      score: response.score,
      released: response.releasedAt !== null,
    })),
    closingOpinion: call.closingOpinion,
    createdAt: moment(call.createdAt),
    closedAt: moment(call.closedAt),
  };
}
