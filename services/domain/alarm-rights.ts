import type { Actor, Role } from "./actor.ts";
import { ALARM_RULES, type AlarmSubject, isUrgentAlarm } from "./alarm.ts";

const GRID: readonly Role[] = ["gridWorker", "gridLeader"];
/** See that there was an alarm; of one in a home neither place nor device. */
const LOOK_ON: readonly Role[] = ["admin", "supervisor", "districtDispatcher"];
const STREET: readonly Role[] = ["streetOfficer", "streetPrincipal"];

const has = (actor: Actor, roles: readonly Role[]): boolean =>
  actor.roles.some((role) => roles.includes(role));

/** Whoever works in the command room that an alarm belongs to; the district's where no street is known. */
export function isOfCommandRoom(actor: Actor, alarm: AlarmSubject): boolean {
  if (alarm.streetCode === null) return has(actor, ["dispatcher", "districtDispatcher"]);
  return has(actor, ["dispatcher"]) && actor.streetCode === alarm.streetCode;
}

const isOfGrid = (actor: Actor, alarm: AlarmSubject): boolean =>
  alarm.gridCode !== null && has(actor, GRID) && actor.gridCodes.includes(alarm.gridCode);

/**
 * Whether the actor may confirm the alarm or call it false: the command room, and where lives may be at
 * stake whoever goes there for the grid. A person does it: no token and no rule stands in.
 */
export const mayDecideAlarm = (actor: Actor, alarm: AlarmSubject): boolean =>
  actor.personId !== null &&
  (isOfCommandRoom(actor, alarm) || (isUrgentAlarm(alarm.kind) && isOfGrid(actor, alarm)));

/** Whether the actor may know where it is and of which device. That somebody lives there alone is theirs. */
export function mayKnowAlarm(actor: Actor, alarm: AlarmSubject): boolean {
  if (isOfCommandRoom(actor, alarm) || isOfGrid(actor, alarm)) return true;
  return !ALARM_RULES[alarm.kind].home && maySeeAlarm(actor, alarm);
}

/** Whether the actor may know at all that there was this alarm. */
export function maySeeAlarm(actor: Actor, alarm: AlarmSubject): boolean {
  if (actor.power !== undefined || has(actor, LOOK_ON)) return true;
  if (isOfCommandRoom(actor, alarm) || isOfGrid(actor, alarm)) return true;
  return has(actor, STREET) && alarm.streetCode !== null && actor.streetCode === alarm.streetCode;
}

/** The same as conditions that a query can ask: any of them is enough. */
export type AlarmScope =
  | "everything"
  | { street: string | null; nowhere: boolean; grids: readonly string[] };

export function alarmScope(actor: Actor): AlarmScope {
  if (actor.power !== undefined || has(actor, LOOK_ON)) return "everything";
  return {
    street: has(actor, ["dispatcher", ...STREET]) ? actor.streetCode : null,
    nowhere: has(actor, ["dispatcher"]),
    grids: has(actor, GRID) ? actor.gridCodes : [],
  };
}
