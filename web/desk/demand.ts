import { GRADE_NAMES } from "../../services/domain/supervision.ts";
import type { Call, Event } from "./api.ts";

type Demand = NonNullable<Event["supervision"]> | NonNullable<Call["supervision"]>;

/** An open demand in one line: 「章若兰 黄牌督办:请今天答复」. A reporter who urges stays unnamed. */
export function demandLine({ kind, grade, note, by }: Demand): string {
  const name = { urge: "催办", supervise: GRADE_NAMES[grade], instruct: "批示" }[kind];
  return `${by ?? "上报人"} ${name}:${note || "请尽快办理并答复"}`;
}

export const GRADES = Object.entries(GRADE_NAMES);
