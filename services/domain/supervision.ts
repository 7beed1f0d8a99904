/** Ways of demanding that something moves on; each is owed an answer (seed 000, domain.md D03). */
export const SUPERVISION_KINDS = ["urge", "supervise", "instruct"] as const;
export type SupervisionKind = (typeof SUPERVISION_KINDS)[number];

export const SUPERVISION_GRADES = ["normal", "yellow", "red"] as const;
export type SupervisionGrade = (typeof SUPERVISION_GRADES)[number];

export const GRADE_NAMES: Record<SupervisionGrade, string> = {
  normal: "督办",
  yellow: "黄牌督办",
  red: "红牌督办",
};

/** A demand that waits for its answer. */
export interface Supervision {
  kind: SupervisionKind;
  /** of `supervise`; the others are `normal` */
  grade: SupervisionGrade;
  note: string;
  /** who demands it; null for whoever reported, who stays unnamed */
  by: string | null;
  /** ISO 8601 */
  at: string;
  /** by when it is to be answered, where the demand itself says so; else the policy's limit counts */
  answerBy: string | null;
}

/**
 * Whether a demand stands back behind one that is open: who urges again restarts no clock, and no
 * resident's urging takes the place of an authority's demand.
 */
export const isCoveredBy = (kind: SupervisionKind, open: Supervision | null): boolean =>
  kind === "urge" && open !== null;
