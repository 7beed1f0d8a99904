import type { Actor, Role } from "./actor.ts";
import type { OwedDuty, Owner } from "./obligation.ts";
import type { Policy } from "./policy.ts";

/**
 * Ways of demanding that something moves on; each is owed an answer (seed 000, domain.md D03). `rectify`
 * comes with a circular: what is wrong is to be put right and told of (seed 001, 责令整改).
 */
export const SUPERVISION_KINDS = ["urge", "supervise", "instruct", "rectify"] as const;
export type SupervisionKind = (typeof SUPERVISION_KINDS)[number];

export const SUPERVISION_GRADES = ["normal", "yellow", "red"] as const;
export type SupervisionGrade = (typeof SUPERVISION_GRADES)[number];

export const GRADE_NAMES: Record<SupervisionGrade, string> = {
  normal: "督办",
  yellow: "黄牌督办",
  red: "红牌督办",
};

/** A demand that waits for its answer. Several may wait at once, each with a clock of its own. */
export interface Supervision {
  kind: SupervisionKind;
  /** of `supervise`; the others are `normal` */
  grade: SupervisionGrade;
  note: string;
  /** who demands it; null for whoever reported, who stays unnamed */
  by: string | null;
  /** whom the answer is told in private, by id: a leader or supervisor; null where their office hears of it */
  answerTo: string | null;
  /** ISO 8601 */
  at: string;
  /** by when it is to be answered, where the demand itself says so; else the policy's limit counts */
  answerBy: string | null;
}

/**
 * Whether a demand stands back behind those that are open: who urges again restarts no clock, and no
 * resident's urging comes beside an authority's demand.
 */
export const isCoveredBy = (kind: SupervisionKind, open: readonly unknown[]): boolean =>
  kind === "urge" && open.length > 0;

/** Whose demands are answered to their office, which has a group for it. */
const OFFICES: readonly Role[] = [
  "dispatcher",
  "districtDispatcher",
  "streetOfficer",
  "followUpAgent",
];

/** Whoever demanded it hears of the answer, unless their office does for them. */
export const privatelyAnswered = ({ roles, personId }: Actor): string | null =>
  roles.some((role) => OFFICES.includes(role)) ? null : personId;

/** The answer that is owed to a demand. */
export const answerOwed = (demand: Supervision, owner: Owner, policy: Policy): OwedDuty => ({
  duty: "answerSupervision",
  owner,
  limit: demand.kind === "urge" ? policy.answerUrge : policy.answerSupervision,
  since: new Date(demand.at),
  ...(demand.answerBy === null ? {} : { dueAt: new Date(demand.answerBy) }),
  about: demandKey(demand),
});

/** Tells the demands on one subject apart. */
const demandKey = ({ kind, by, at }: Supervision): string => `${kind} ${by ?? ""} ${at}`;
