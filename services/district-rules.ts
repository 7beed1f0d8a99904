import { createHash } from "node:crypto";
import type { Db } from "../db/client.ts";
import { calendarExceptions } from "../db/queries/directory.ts";
import { notePolicyVersion, ownLimits, ownWorkingHours } from "../db/queries/rules.ts";
import { type DistrictCalendar, makeCalendar } from "./calendar.ts";
import type { Clock } from "./clock.ts";
import { DEFAULT_WORKING_HOURS } from "./domain/calendar.ts";
import type { Limit } from "./domain/deadline.ts";
import { type LimitName, limitsOf, withLimits } from "./domain/limits.ts";
import type { Policy } from "./domain/policy.ts";

/** The calendar and the limits a district works by; they change when its registry does. */
export interface DistrictRules {
  calendar(): DistrictCalendar;
  policy(): Policy;
  /** Reads what an import may have changed, and notes limits that are used for the first time. */
  refresh(): Promise<void>;
}

/** @param base - the limits that count where the district sets none */
export async function openDistrictRules(
  db: Db,
  clock: Clock,
  base: Policy,
): Promise<DistrictRules> {
  let calendar = makeCalendar();
  let policy = base;
  let read = "";
  await refresh();
  return { calendar: () => calendar, policy: () => policy, refresh };

  async function refresh(): Promise<void> {
    const days = await calendarExceptions(db);
    const hours = { ...DEFAULT_WORKING_HOURS, ...(await ownWorkingHours(db)) };
    const limits = await ownLimits(db);
    const found = JSON.stringify([days, hours, [...limits]]);
    if (found === read) return;
    const next = limits.size === 0 ? base : withLimits(base, limits, versionOf(limits));
    await notePolicyVersion(db, {
      version: next.version,
      limits: limitsOf(next),
      since: clock.now(),
    });
    calendar = makeCalendar(new Map(days.map(({ date, kind }) => [date, kind])), hours);
    policy = next;
    read = found;
  }
}

/** The same limits have the same version, whichever instance reads them. */
const versionOf = (limits: ReadonlyMap<LimitName, Limit>): string =>
  `limits-${createHash("sha256")
    .update(JSON.stringify([...limits]))
    .digest("hex")
    .slice(0, 8)}`;
