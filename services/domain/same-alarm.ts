import { ALARM_RULES, type AlarmKind, type AlarmState, isUrgentAlarm } from "./alarm.ts";
import { distanceM, type Position } from "./distance.ts";
import { MINUTE_MS } from "./time.ts";

/** What is told, as far as it tells alarms apart. */
export interface ToldAlarm {
  kind: AlarmKind;
  device: string;
  /** null where the alarm came without one and the registry knows none */
  position: Position | null;
}

export interface KnownAlarm extends ToldAlarm {
  no: string;
  state: AlarmState;
  lastAt: Date;
  /** when a person confirmed it or called it false */
  decidedAt: Date | null;
  /** the event it became is still being worked on */
  eventOpen: boolean;
}

/**
 * The known alarm that is only repeated; null for a new one.
 *
 * - One that waits for a person is repeated by its own device however long it waits, and by others
 *   nearby within the minutes of its kind.
 * - One whose event is being worked on is repeated in the same way, but where lives may be at stake only
 *   for the minutes of its kind: that it burns again is news.
 * - One that was called false stays so for the minutes of its kind, counted from the decision: a device
 *   that goes on is not a new alarm each time, and is heard again afterwards.
 */
export function repeatedAlarm(
  told: ToldAlarm,
  known: readonly KnownAlarm[],
  now: Date,
): string | null {
  const alike = known.filter((one) => one.kind === told.kind && isThere(told, one));
  const found =
    alike.find((one) => one.state === "open" && isStill(told, one, now)) ??
    alike.find((one) => one.state !== "open" && isSettled(one, now));
  return found?.no ?? null;
}

function isThere(told: ToldAlarm, known: KnownAlarm): boolean {
  if (told.device === known.device) return true;
  const { joinM } = ALARM_RULES[told.kind];
  if (joinM === 0 || told.position === null || known.position === null) return false;
  return distanceM(told.position, known.position) <= joinM;
}

const isStill = (told: ToldAlarm, known: KnownAlarm, now: Date): boolean =>
  told.device === known.device || isWithin(known.lastAt, known.kind, now);

function isSettled(known: KnownAlarm, now: Date): boolean {
  const fresh = known.decidedAt !== null && isWithin(known.decidedAt, known.kind, now);
  if (known.state === "falseAlarm" || isUrgentAlarm(known.kind)) return fresh;
  return known.eventOpen || fresh;
}

const isWithin = (since: Date, kind: AlarmKind, now: Date): boolean =>
  now.getTime() - since.getTime() < ALARM_RULES[kind].joinMinutes * MINUTE_MS;
