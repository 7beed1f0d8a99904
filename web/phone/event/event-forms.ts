import { wordsIn } from "../../look/language.ts";
import { eventStep } from "../../look/names.ts";
import type { ActField, ActForm } from "../act/forms.ts";
import type { Event } from "../api.ts";

const words = wordsIn(
  {
    note: "说明",
    result: "办理结果",
    progress: "进展",
    reason: "理由",
    days: "延期几个工作日",
    passed: "验收通过",
    failed: "验收不通过",
    approve: "同意延期",
    refuse: "不同意延期",
    returns: ["不属于本单位职责", "地点有误,请核实", "需要多部门联办"],
    results: ["已清理", "已修复", "已劝离", "已当场整改"],
    delays: ["需要采购配件", "需要多部门配合", "天气原因"],
    rejects: ["不属于本辖区", "信息不全,无法核实", "不属于受理范围"],
  },
  {
    note: "Note",
    result: "What was done",
    progress: "How it stands",
    reason: "Reason",
    days: "More working days",
    passed: "Passed",
    failed: "Not passed",
    approve: "Grant more time",
    refuse: "Refuse more time",
    returns: ["Not our duty", "The place is wrong", "Several departments are needed"],
    results: ["Cleared away", "Repaired", "Persuaded to leave", "Put right on the spot"],
    delays: ["Parts have to be bought", "Others have to help", "The weather"],
    rejects: ["Not our area", "Too little to go by", "Not within our scope"],
  },
);

const text = (
  name: string,
  label: string,
  required: boolean,
  usual?: readonly string[],
): ActField => ({ name, kind: "text", label, required, ...(usual === undefined ? {} : { usual }) });

/** What this person may do to the event on the phone, what usually comes next first. */
export function eventForms(event: Event): ActForm[] {
  const w = words();
  const forms: ActForm[] = [
    form("sign", []),
    form("complete", [text("note", w.result, true, w.results)], { photos: ["before", "after"] }),
    form("verify", [text("note", w.note, false)], {
      id: "passed",
      title: w.passed,
      command: { passed: true },
      photos: ["after"],
    }),
    form("verify", [text("reason", w.reason, true)], {
      id: "failed",
      title: w.failed,
      command: { passed: false },
      photos: ["after"],
      danger: true,
    }),
    form("selfHandle", [text("note", w.result, true, w.results)], { photos: ["before", "after"] }),
    form("accept", []),
    form("decideDelay", [text("reason", w.note, false)], {
      id: "approveDelay",
      title: w.approve,
      command: { approved: true },
    }),
    form("decideDelay", [text("reason", w.reason, true)], {
      id: "refuseDelay",
      title: w.refuse,
      command: { approved: false },
    }),
    form("progress", [text("note", w.progress, true)], { photos: ["before"] }),
    form("delay", [
      { name: "workdays", kind: "number", label: w.days, required: true, start: 1, most: 30 },
      text("reason", w.reason, true, w.delays),
    ]),
    form("return", [text("reason", w.reason, true, w.returns)], { danger: true }),
    form("escalate", [text("reason", w.reason, false)]),
    form("close", [text("note", w.note, false)]),
    form("archive", []),
    form("reopen", [text("reason", w.reason, true)], { danger: true }),
    form("urge", [text("note", w.note, false)]),
    form("supervise", [text("note", w.note, false)]),
    form("reject", [text("reason", w.reason, true, w.rejects)], { danger: true }),
  ];
  return forms.filter(({ action }) => isOpen(event, action as Event["allowed"][number]));
}

const form = (
  action: Event["allowed"][number],
  fields: readonly ActField[],
  more: Partial<ActForm> = {},
): ActForm => ({
  id: action,
  action,
  title: eventStep(action),
  fields,
  photos: [],
  ...more,
  command: { action, ...more.command },
});

/** The state lets it through, and it has not been done already. */
function isOpen(event: Event, action: Event["allowed"][number]): boolean {
  if (!event.allowed.includes(action)) return false;
  // A second signature is somebody else's, of a supporting organisation.
  if (action === "sign") return event.assignees.some(({ signed }) => !signed);
  return true;
}

/** What is offered the loudest, by what the event waits for; null where it waits for somebody else. */
export function mainForm(event: Event, forms: readonly ActForm[]): ActForm | null {
  const wanted = NEXT[event.status] ?? [];
  return wanted.flatMap((id) => forms.find((one) => one.id === id) ?? [])[0] ?? null;
}

const NEXT: Partial<Record<Event["status"], readonly string[]>> = {
  draft: ["accept", "selfHandle"],
  pendingAccept: ["accept", "selfHandle"],
  assigned: ["sign"],
  handling: ["complete", "approveDelay"],
  completed: ["passed"],
  verified: ["close"],
  closed: ["archive"],
};
