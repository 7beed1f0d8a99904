import { GRADE_NAMES, SUPERVISION_GRADES } from "../../services/domain/supervision.ts";
import { spokenTime } from "../../services/domain/time.ts";

/** 「红牌督办」, of a grade as a notice carries it. */
export const gradeName = (grade: unknown): string =>
  GRADE_NAMES[SUPERVISION_GRADES.find((known) => known === grade) ?? "normal"];

/** Ends a demand with the time it sets itself; nothing where the usual limit counts. */
export const answerUntil = (answerBy: unknown): string =>
  typeof answerBy === "string" ? `请在${spokenTime(new Date(answerBy))}前答复。` : "";
