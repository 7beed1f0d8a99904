import type { Actor } from "./actor.ts";

/** What a patrol counts, in the words of the grid's log; nobody's name is among them. */
export const PATROL_COUNTS = [
  "问题",
  "独居老人",
  "出租房",
  "沿街店铺",
  "重点场所",
  "矛盾纠纷",
] as const;
export type PatrolCount = (typeof PATROL_COUNTS)[number];

/** A walk longer than this was not finished, but forgotten. */
export const LONGEST_PATROL_MS = 12 * 3_600_000;

/** 网格员 and 网格长 walk the grid; nobody else's patrol is logged. */
export const mayPatrol = (actor: Pick<Actor, "personId" | "roles">): boolean =>
  actor.personId !== null &&
  actor.roles.some((role) => role === "gridWorker" || role === "gridLeader");
