import { and, asc, eq, gte, lte } from "drizzle-orm";
import type { Day } from "../../services/domain/time.ts";
import type { Db } from "../client.ts";
import { deputies, dutyRoster } from "../schema/index.ts";

/** Who stands in for whom on a day, by the id of whoever is on leave. */
export async function deputiesOn(db: Db, day: Day): Promise<Map<string, string>> {
  const rows = await db.orm
    .select({ personId: deputies.personId, deputyId: deputies.deputyId })
    .from(deputies)
    .where(
      and(
        eq(deputies.site, db.site),
        eq(deputies.active, true),
        lte(deputies.firstDay, day),
        gte(deputies.lastDay, day),
      ),
    )
    .orderBy(asc(deputies.firstDay));
  // The later entry counts: it was made knowing the earlier.
  return new Map(rows.map(({ personId, deputyId }) => [personId, deputyId]));
}

/** Who is on duty on a day, by organisation. */
export async function onDutyOn(db: Db, day: Day): Promise<Map<string, string[]>> {
  const rows = await db.orm
    .select({ orgCode: dutyRoster.orgCode, personId: dutyRoster.personId })
    .from(dutyRoster)
    .where(and(eq(dutyRoster.site, db.site), eq(dutyRoster.active, true), eq(dutyRoster.date, day)))
    .orderBy(asc(dutyRoster.personId));
  const byOrg = new Map<string, string[]>();
  for (const { orgCode, personId } of rows)
    byOrg.set(orgCode, [...(byOrg.get(orgCode) ?? []), personId]);
  return byOrg;
}

export interface Leave {
  personId: string;
  deputyId: string;
  firstDay: Day;
  lastDay: Day;
}

/** Writes a leave; one that begins on the same day is replaced. */
export async function writeLeave(tx: Db, leave: Leave): Promise<void> {
  await tx.orm
    .insert(deputies)
    .values({ ...leave, site: tx.site, active: true })
    .onConflictDoUpdate({
      target: [deputies.site, deputies.personId, deputies.firstDay],
      set: { deputyId: leave.deputyId, lastDay: leave.lastDay, active: true },
    });
}

/** Ends the leaves of a person that last beyond `day`. @returns whether there was one */
export async function endLeaves(tx: Db, personId: string, day: Day): Promise<boolean> {
  const ended = await tx.orm
    .update(deputies)
    .set({ active: false })
    .where(
      and(
        eq(deputies.site, tx.site),
        eq(deputies.personId, personId),
        eq(deputies.active, true),
        gte(deputies.lastDay, day),
      ),
    )
    .returning({ personId: deputies.personId });
  return ended.length > 0;
}
