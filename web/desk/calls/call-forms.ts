import { CALL_ACTION_NAMES, FAULT_NAMES } from "../../../services/domain/call-ticket.ts";
import type { Call } from "../api.ts";

export type CallAction = Call["allowed"][number];
export type CallFieldKind = "dept" | "reason" | "note" | "yesNo" | "fault" | "number" | "grade";

export interface CallField {
  name: string;
  kind: CallFieldKind;
  label: string;
  required: boolean;
}

export interface CallForm {
  action: CallAction;
  fields: readonly CallField[];
}

const field = (name: string, kind: CallFieldKind, label: string, required = false): CallField => ({
  name,
  kind,
  label,
  required,
});
const dept = (required = true) => field("deptCode", "dept", "部门", required);
const reason = (required = true) => field("reason", "reason", "理由", required);
const note = (label = "说明", required = false) => field("note", "note", label, required);

/**
 * The actions in the order in which they usually come. Dispatching and closing have dialogs of their own;
 * drafts are amended in chat.
 */
export const CALL_FORMS: readonly CallForm[] = [
  { action: "submit", fields: [] },
  { action: "approve", fields: [] },
  { action: "rejectApproval", fields: [reason()] },
  { action: "assess", fields: [field("passed", "yesNo", "研判是否通过", true), reason(false)] },
  { action: "respond", fields: [field("headcount", "number", "派几个人"), note()] },
  { action: "decline", fields: [reason()] },
  { action: "eta", fields: [field("minutes", "number", "晚到几分钟", true), note()] },
  { action: "confirmArrival", fields: [dept(), note()] },
  { action: "complete", fields: [note("做了什么", true)] },
  { action: "release", fields: [dept(), reason(false)] },
  { action: "siteLog", fields: [note("现场情况", true)] },
  { action: "evaluate", fields: [] },
  {
    action: "followUp",
    fields: [field("satisfied", "yesNo", "群众是否满意", true), note("回访结果", true)],
  },
  { action: "archive", fields: [] },
  { action: "urge", fields: [dept(false), note()] },
  { action: "supervise", fields: [field("grade", "grade", "督办等级"), dept(false), note()] },
  { action: "instruct", fields: [dept(false), note("批示", true)] },
  { action: "answer", fields: [note("答复", true)] },
  { action: "findFault", fields: [dept(), field("fault", "fault", "认定为", true), note()] },
  { action: "circular", fields: [note()] },
  { action: "appeal", fields: [note("申诉理由", true)] },
  { action: "cancel", fields: [reason(false)] },
];

const SCORED_BY_CLOSING: readonly CallAction[] = ["evaluate"];

export const offeredForms = (call: Call): CallForm[] =>
  CALL_FORMS.filter(
    ({ action }) => call.allowed.includes(action) && !SCORED_BY_CLOSING.includes(action),
  );

export const callActionName = (action: CallAction): string => CALL_ACTION_NAMES[action];
export const FAULT_CHOICES = Object.entries(FAULT_NAMES);

/** The body of the action from what was typed; empty fields are left out. */
export function callCommandOf(form: CallForm, values: Readonly<Record<string, string>>): object {
  const command: Record<string, unknown> = { action: form.action };
  for (const { name, kind } of form.fields) {
    const value = (values[name] ?? "").trim();
    if (value === "") continue;
    command[name] = kind === "number" ? Number(value) : kind === "yesNo" ? value === "yes" : value;
  }
  return command;
}
