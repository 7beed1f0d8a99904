import { EVENT_ACTION_NAMES } from "../../../services/domain/event.ts";
import type { Event } from "../api.ts";

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

export interface FieldSpec {
  name: string;
  kind: FieldKind;
  label: string;
  required: boolean;
}

export interface ActionForm {
  action: Event["allowed"][number];
  /** done at once, without a form */
  fields: readonly FieldSpec[];
  /** one key that opens it */
  key?: string;
}

const field = (name: string, kind: FieldKind, label: string, required = false): FieldSpec => ({
  name,
  kind,
  label,
  required,
});
const reason = (required = true) => field("reason", "reason", "理由", required);
const note = (label = "说明", required = false) => field("note", "note", label, required);

/** The actions of a desk, the usual first. What `allowed` does not name is not offered. */
export const ACTION_FORMS: readonly ActionForm[] = [
  { action: "accept", key: "a", fields: [] },
  {
    action: "setLevel",
    key: "g",
    fields: [field("level", "level", "级别", true), field("platform", "platform", "平台"), note()],
  },
  { action: "assign", key: "d", fields: [field("orgCode", "org", "交办单位", true), note()] },
  { action: "merge", key: "m", fields: [field("into", "event", "并入哪个事件", true)] },
  { action: "reject", key: "r", fields: [reason()] },
  { action: "return", key: "r", fields: [reason()] },
  { action: "sign", fields: [] },
  { action: "progress", fields: [note("进展", true)] },
  { action: "complete", fields: [note("办理结果", true)] },
  { action: "verify", fields: [field("passed", "yesNo", "验收结论", true), reason(false)] },
  { action: "close", fields: [note()] },
  { action: "archive", fields: [] },
  { action: "escalate", fields: [reason(false)] },
  { action: "consult", fields: [reason(false)] },
  { action: "concludeConsultation", fields: [note("会商结论", true)] },
  { action: "supervise", fields: [field("grade", "grade", "督办等级"), note()] },
  { action: "instruct", fields: [note("批示", true)] },
  { action: "delay", fields: [field("workdays", "days", "延期工作日", true), reason()] },
  { action: "decideDelay", fields: [field("approved", "yesNo", "是否同意", true), reason(false)] },
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

export const actionName = (action: ActionForm["action"]): string => EVENT_ACTION_NAMES[action];

/** Reasons that come up again and again; they are typed otherwise. */
export const USUAL_REASONS: Record<string, readonly string[]> = {
  reject: ["不属于本辖区", "信息不全,无法核实", "不属于受理范围"],
  return: ["不属于本单位职责", "地点有误,请核实", "需要多部门联办"],
};

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
