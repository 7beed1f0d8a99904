import { and, asc, desc, eq } from "drizzle-orm";
import type { WorkingHours } from "../../services/domain/calendar.ts";
import type { Limit } from "../../services/domain/deadline.ts";
import { type LimitName, limitOf } from "../../services/domain/limits.ts";
import { minutesOf } from "../../services/domain/time.ts";
import type { Db } from "../client.ts";
import { countedCalendars, limits, policyVersions, workingHours } from "../schema/index.ts";
import { lockUntilCommit } from "./locks.ts";

/** The halves of the day for which the district sets its own hours. */
export async function ownWorkingHours(db: Db): Promise<Partial<WorkingHours>> {
  const rows = await db.orm
    .select()
    .from(workingHours)
    .where(and(eq(workingHours.site, db.site), eq(workingHours.active, true)));
  return Object.fromEntries(
    rows.map(({ part, opens, closes }) => [part, [minutesOf(opens), minutesOf(closes)]]),
  );
}

/** The limits that the district sets for itself. */
export async function ownLimits(db: Db): Promise<Map<LimitName, Limit>> {
  const rows = await db.orm
    .select()
    .from(limits)
    .where(and(eq(limits.site, db.site), eq(limits.active, true)))
    .orderBy(asc(limits.name));
  return new Map(rows.map(({ name, amount, unit }) => [name, limitOf(amount, unit)]));
}

export type PolicyVersion = Omit<typeof policyVersions.$inferSelect, "site">;

/** Notes a set of limits under its version; one that is known keeps the moment it was first used. */
export async function notePolicyVersion(db: Db, version: PolicyVersion): Promise<void> {
  await db.orm
    .insert(policyVersions)
    .values({ ...version, site: db.site })
    .onConflictDoNothing();
}

/** The newest first. */
export const policyVersionsOf = (db: Db): Promise<PolicyVersion[]> =>
  db.orm
    .select({
      version: policyVersions.version,
      limits: policyVersions.limits,
      since: policyVersions.since,
    })
    .from(policyVersions)
    .where(eq(policyVersions.site, db.site))
    .orderBy(desc(policyVersions.since));

export type CountedCalendar = Omit<typeof countedCalendars.$inferSelect, "site">;

/** The calendar that the open deadlines were counted by; one instance at a time until the transaction ends. */
export async function lockCountedCalendar(tx: Db): Promise<CountedCalendar | null> {
  await lockUntilCommit(tx, "calendar");
  const [row] = await tx.orm
    .select({ days: countedCalendars.days, hours: countedCalendars.hours, at: countedCalendars.at })
    .from(countedCalendars)
    .where(eq(countedCalendars.site, tx.site));
  return row ?? null;
}

export async function keepCountedCalendar(tx: Db, calendar: CountedCalendar): Promise<void> {
  await tx.orm
    .insert(countedCalendars)
    .values({ ...calendar, site: tx.site })
    .onConflictDoUpdate({ target: countedCalendars.site, set: calendar });
}
