import { SUPERVISION_GRADES } from "../../services/domain/supervision.ts";
import { gradeName, supervisionName } from "../look/names.ts";
import type { Call, Event } from "./api.ts";
import { words } from "./words.ts";

type Demand = Event["demands"][number] | Call["demands"][number];

/** An open demand in one line: 「章若兰 黄牌督办:请今天答复」. A reporter who urges stays unnamed. */
export function demandLine({ kind, grade, note, by }: Demand): string {
  const name = kind === "supervise" ? gradeName(grade) : supervisionName(kind);
  return words().demand(by ?? words().reporter, name, note || words().answerSoon);
}

/** The grades of a supervision, each with its name. */
export const gradeChoices = () =>
  SUPERVISION_GRADES.map((grade) => [grade, gradeName(grade)] as const);
