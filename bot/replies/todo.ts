import { DUTY_NAMES, type Duty } from "../../services/domain/obligation.ts";
import { spokenTime } from "../../services/domain/time.ts";

export interface TodoItem {
  no: string;
  duty: Duty;
  summary: string;
  dueAt: Date;
  overdue: boolean;
}

/** @param total - how many there are; more than are shown when the list is long */
export function todoList(items: readonly TodoItem[], total: number): string {
  if (items.length === 0) return "您现在没有待办,辛苦了。";
  const overdue = items.filter((item) => item.overdue).length;
  return [
    `您有 ${total} 件待办${overdue === 0 ? "" : `,其中 ${overdue} 件已超期`}${total > items.length ? `,最急的 ${items.length} 件是` : ""}:`,
    ...items.map(
      (item) =>
        `${item.overdue ? "❗" : "·"} ${item.no} 待${DUTY_NAMES[item.duty]} ${item.summary}(${item.overdue ? "应于" : ""}${spokenTime(item.dueAt)}${item.overdue ? "" : "前"})`,
    ),
  ].join("\n");
}
