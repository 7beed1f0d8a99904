import {
  type CallResponse,
  type CallState,
  FAULT_NAMES,
  RESPONSE_STATUS_NAMES,
} from "../domain/call-ticket.ts";
import { spokenTime } from "../domain/time.ts";

/** The 《“街呼区应”呼叫单》 of seed 001 as words: what HTML and PDF both print. */
export interface CallForm {
  title: string;
  no: string;
  /** label and text, in reading order */
  facts: readonly (readonly [label: string, text: string])[];
  departments: {
    head: readonly string[];
    rows: readonly (readonly string[])[];
  };
  signature: string;
  /** the line to sign and seal on, once it is on paper */
  byHand: string;
  /** the closing opinion; null while the call is open */
  closing: string | null;
  printedAt: string;
}

/** What the form names besides the call itself. */
export interface CallFormNames {
  district: string;
  orgName(code: string): string;
  item: { no: string; name: string; leadDept: string; headcount: number | null } | null;
  /** whoever drafted it, with their office number where the registry has one */
  contact: FormContact;
  /** whoever answers for a department, as far as the registry knows */
  contactsOf(code: string): readonly FormContact[];
}

export interface FormContact {
  name: string | null;
  phone: string | null;
}

export function callForm(call: CallState, names: CallFormNames, now: Date): CallForm {
  const { item, contact } = names;
  return {
    title: `${names.district}“街呼区应”呼叫单`,
    no: call.no,
    facts: [
      ["呼叫街道", names.orgName(call.streetCode)],
      ["呼叫类型", call.callType === "emergency" ? "突发事件" : "复杂事项"],
      ["事由", call.cause],
      ["地点", call.place.raw ?? "见事由"],
      ["属地管理清单", item === null ? "未对应(突发先呼)" : `第${item.no}项 ${item.name}`],
      ["报到时间", reportTime(call)],
      ["报到地点", call.reportPlace.raw ?? call.place.raw ?? "待定"],
      ["街道联系人", contactText({ ...contact, name: contact.name ?? "街道值班" })],
      ["起草时间", fullTime(call.createdAt)],
    ],
    departments: {
      head: ["部门", "职责", "人数", "响应", "到场", "办理结果", "评分"],
      rows: call.responses.length === 0 ? wantedRows() : call.responses.map(responseRow),
    },
    signature: signatureOf(call),
    byHand: "签字(盖章):                              年    月    日",
    closing: call.closingOpinion,
    printedAt: fullTime(now),
  };

  function wantedRows(): string[][] {
    return call.wantedDepts.map((code) => [
      departmentOf(code),
      dutyOf(code),
      item?.headcount == null ? "待定" : `${item.headcount}人`,
      "待派遣",
      "",
      "",
      "",
    ]);
  }

  function responseRow(response: CallResponse): string[] {
    return [
      departmentOf(response.deptCode),
      dutyOf(response.deptCode),
      response.headcount === null ? "不限" : `${response.headcount}人`,
      answerOf(response),
      arrivalOf(response),
      [response.completion ?? "", faultsOf(response)].filter((part) => part !== "").join("\n"),
      response.score === null ? "" : String(response.score),
    ];
  }

  function departmentOf(code: string): string {
    return [names.orgName(code), ...names.contactsOf(code).map(contactText)].join("\n");
  }

  function dutyOf(code: string): string {
    if (item === null) return "";
    return code === item.leadDept ? "主体" : "配合";
  }
}

const contactText = ({ name, phone }: FormContact): string =>
  [name, phone].filter(Boolean).join(" ");

/** `2026年11月23日 19:40`. */
function fullTime(at: Date): string {
  const [month = "", time = ""] = spokenTime(at).split("日");
  const year = new Date(at.getTime() + 8 * 3_600_000).getUTCFullYear();
  return `${year}年${month}日 ${time}`;
}

function reportTime(call: CallState): string {
  if (call.callType === "emergency") return "立即";
  return call.reportAt === null ? "待定" : fullTime(call.reportAt);
}

function signatureOf({ approval, approvalRefusal, callType, status }: CallState): string {
  if (approvalRefusal !== null)
    return `不同意补签:${approvalRefusal.reason} ${approvalRefusal.by.name ?? ""} ${fullTime(approvalRefusal.at)}`;
  if (approval !== null) return `${approval.by.name ?? "主要负责同志"} ${fullTime(approval.at)}`;
  if (status === "canceled") return "已撤销";
  return callType === "emergency" ? "突发:待补签" : "待签批";
}

function answerOf(response: CallResponse): string {
  if (response.releasedAt !== null) return "同意不响应";
  if (response.respondedAt === null) return `待响应\n限${spokenTime(response.respondBy)}`;
  const answered = RESPONSE_STATUS_NAMES[response.status === "declined" ? "declined" : "accepted"];
  const reason = response.declineReason === null ? "" : `\n${response.declineReason}`;
  return `${answered}\n${spokenTime(response.respondedAt)}${reason}`;
}

function arrivalOf({ checkIn, claim, headcount }: CallResponse): string {
  if (checkIn === null) {
    return claim === null ? "" : `自称${spokenTime(claim.at)}到\n待街道确认`;
  }
  const came = checkIn.headcount ?? headcount;
  return `${spokenTime(checkIn.at)}\n${checkIn.late ? "迟到" : "准时"}${came === null ? "" : ` ${came}人`}`;
}

/** Evidence is printed as evidence; only a supervisor's finding is a fault. */
const faultsOf = ({ faults }: CallResponse): string =>
  faults
    .map(({ fault, finding }) => `${FAULT_NAMES[fault]}${finding === null ? "(留痕)" : "(认定)"}`)
    .join("、");
