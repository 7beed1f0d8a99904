import { eventStep } from "../../look/names.ts";
import type { Event } from "../api.ts";
import { words } from "./action-words.ts";

/** What a form asks for besides the action itself. */
export type FieldKind =
  | "level"
  | "platform"
  | "org"
  | "event"
  | "reason"
  | "note"
  | "days"
  | "yesNo"
  | "grade";

type Label = keyof ReturnType<typeof words>["labels"];

export interface FieldSpec {
  name: string;
  kind: FieldKind;
  /** which words stand beside it */
  label: Label;
  required: boolean;
}

export interface ActionForm {
  action: Event["allowed"][number];
  /** done at once, without a form */
  fields: readonly FieldSpec[];
  /** one key that opens it */
  key?: string;
}

const field = (name: string, kind: FieldKind, label: Label, required = false): FieldSpec => ({
  name,
  kind,
  label,
  required,
});
const reason = (required = true) => field("reason", "reason", "reason", required);
const note = (label: Label = "note", required = false) => field("note", "note", label, required);

/** The actions of a desk, the usual first. What `allowed` does not name is not offered. */
export const ACTION_FORMS: readonly ActionForm[] = [
  { action: "accept", key: "a", fields: [] },
  {
    action: "setLevel",
    key: "g",
    fields: [
      field("level", "level", "level", true),
      field("platform", "platform", "platform"),
      note(),
    ],
  },
  { action: "assign", key: "d", fields: [field("orgCode", "org", "assignTo", true), note()] },
  { action: "merge", key: "m", fields: [field("into", "event", "mergeInto", true)] },
  { action: "reject", key: "r", fields: [reason()] },
  { action: "return", key: "r", fields: [reason()] },
  { action: "sign", fields: [] },
  { action: "progress", fields: [note("progress", true)] },
  { action: "complete", fields: [note("result", true)] },
  { action: "verify", fields: [field("passed", "yesNo", "verdict", true), reason(false)] },
  { action: "close", fields: [note()] },
  { action: "archive", fields: [] },
  { action: "escalate", fields: [reason(false)] },
  { action: "consult", fields: [reason(false)] },
  { action: "concludeConsultation", fields: [note("conclusion", true)] },
  { action: "supervise", fields: [field("grade", "grade", "grade"), note()] },
  { action: "instruct", fields: [note("instruction", true)] },
  { action: "delay", fields: [field("workdays", "days", "workdays", true), reason()] },
  { action: "decideDelay", fields: [field("approved", "yesNo", "approved", true), reason(false)] },
  { action: "reopen", fields: [reason()] },
];

const FIRST = [
  "accept",
  "setLevel",
  "assign",
  "merge",
  "reject",
  "return",
  "sign",
  "complete",
  "verify",
  "close",
  "archive",
];

/** What usually comes next; it is offered the loudest. */
const NEXT: Partial<Record<Event["status"], ActionForm["action"]>> = {
  draft: "accept",
  pendingAccept: "accept",
  accepted: "assign",
  escalated: "assign",
  assigned: "sign",
  handling: "complete",
  completed: "verify",
  verified: "close",
  closed: "archive",
};
export const isNext = (form: ActionForm, event: Event): boolean =>
  NEXT[event.status] === form.action;

/** What this person may do to the event now: the usual as buttons, the rest behind 「更多」. */
export function offeredActions(event: Event): { first: ActionForm[]; more: ActionForm[] } {
  const offered = ACTION_FORMS.filter(({ action }) => event.allowed.includes(action));
  return {
    first: offered.filter(({ action }) => FIRST.includes(action)),
    more: offered.filter(({ action }) => !FIRST.includes(action)),
  };
}

export const actionName = (action: ActionForm["action"]): string => eventStep(action);

/** Reasons that come up again and again; they are typed otherwise. */
export const usualReasons = (action: ActionForm["action"]): readonly string[] =>
  action === "reject" || action === "return" ? words().usualReasons[action] : [];

/** The body of the action from what was typed; empty fields are left out. */
export function commandOf(form: ActionForm, values: Readonly<Record<string, string>>): object {
  const command: Record<string, unknown> = { action: form.action };
  for (const { name, kind } of form.fields) {
    const value = (values[name] ?? "").trim();
    if (value === "") continue;
    command[name] =
      kind === "level" || kind === "days"
        ? Number(value)
        : kind === "yesNo"
          ? value === "yes"
          : value;
  }
  return command;
}
