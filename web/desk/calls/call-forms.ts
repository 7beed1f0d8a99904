import { FAULTS } from "../../../services/domain/call-ticket.ts";
import { callStep, faultName } from "../../look/names.ts";
import type { Call } from "../api.ts";
import type { words } from "./call-form-words.ts";

export type CallAction = Call["allowed"][number];
export type CallFieldKind = "dept" | "reason" | "note" | "yesNo" | "fault" | "number" | "grade";

type Label = keyof ReturnType<typeof words>["labels"];

export interface CallField {
  name: string;
  kind: CallFieldKind;
  /** which words stand beside it */
  label: Label;
  required: boolean;
}

export interface CallForm {
  action: CallAction;
  fields: readonly CallField[];
}

const field = (name: string, kind: CallFieldKind, label: Label, required = false): CallField => ({
  name,
  kind,
  label,
  required,
});
const dept = (required = true) => field("deptCode", "dept", "dept", required);
const reason = (required = true) => field("reason", "reason", "reason", required);
const note = (label: Label = "note", required = false) => field("note", "note", label, required);

/**
 * The actions in the order in which they usually come. Dispatching and closing have dialogs of their own;
 * drafts are amended in chat.
 */
export const CALL_FORMS: readonly CallForm[] = [
  { action: "submit", fields: [] },
  { action: "approve", fields: [] },
  { action: "rejectApproval", fields: [reason()] },
  { action: "assess", fields: [field("passed", "yesNo", "assessed", true), reason(false)] },
  { action: "respond", fields: [field("headcount", "number", "headcount"), note()] },
  { action: "decline", fields: [reason()] },
  { action: "eta", fields: [field("minutes", "number", "minutes", true), note()] },
  { action: "confirmArrival", fields: [dept(), note()] },
  { action: "complete", fields: [note("done", true)] },
  { action: "release", fields: [dept(), reason(false)] },
  { action: "siteLog", fields: [note("site", true)] },
  { action: "evaluate", fields: [] },
  {
    action: "followUp",
    fields: [field("satisfied", "yesNo", "satisfied", true), note("visit", true)],
  },
  { action: "archive", fields: [] },
  { action: "urge", fields: [dept(false), note()] },
  { action: "supervise", fields: [field("grade", "grade", "grade"), dept(false), note()] },
  { action: "instruct", fields: [dept(false), note("instruction", true)] },
  { action: "answer", fields: [note("answer", true)] },
  { action: "findFault", fields: [dept(), field("fault", "fault", "fault", true), note()] },
  { action: "circular", fields: [note()] },
  { action: "appeal", fields: [note("appeal", true)] },
  { action: "cancel", fields: [reason(false)] },
];

const SCORED_BY_CLOSING: readonly CallAction[] = ["evaluate"];

export const offeredForms = (call: Call): CallForm[] =>
  CALL_FORMS.filter(
    ({ action }) => call.allowed.includes(action) && !SCORED_BY_CLOSING.includes(action),
  );

export const callActionName = (action: CallAction): string => callStep(action);
export const faultChoices = () => FAULTS.map((fault) => [fault, faultName(fault)] as const);

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
