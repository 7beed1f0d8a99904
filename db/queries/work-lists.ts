import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { eventAssignees, events, obligations } from "../schema/index.ts";
import type { ObligationRow } from "./obligations.ts";

const open = sql`${events.status} not in ('archived', 'rejected', 'merged', 'withdrawn')`;

/** Events an organisation holds, the oldest first. */
export async function openEventNosOfOrg(db: Db, orgCode: string, limit = 50): Promise<string[]> {
  const rows = await db.orm
    .select({ no: events.no })
    .from(eventAssignees)
    .innerJoin(
      events,
      and(eq(events.site, eventAssignees.site), eq(events.no, eventAssignees.eventNo)),
    )
    .where(
      and(
        eq(eventAssignees.site, db.site),
        eq(eventAssignees.orgCode, orgCode),
        isNull(eventAssignees.endedAt),
        open,
      ),
    )
    .orderBy(asc(events.createdAt))
    .limit(limit);
  return rows.map((row) => row.no);
}

/** Events of a street that are not yet archived, the newest first. */
export async function openEventNosOfStreet(
  db: Db,
  streetCode: string,
  limit = 50,
): Promise<string[]> {
  const rows = await db.orm
    .select({ no: events.no })
    .from(events)
    .where(and(eq(events.site, db.site), eq(events.streetCode, streetCode), open))
    .orderBy(sql`${events.createdAt} desc`)
    .limit(limit);
  return rows.map((row) => row.no);
}

/** What a person owes, in their own name or their organisation's, the most urgent first. */
export function openDutiesOf(
  db: Db,
  owner: { personId: string | null; orgCodes: readonly string[] },
  limit = 20,
): Promise<ObligationRow[]> {
  const byOrg =
    owner.orgCodes.length === 0
      ? sql`false`
      : sql`(${obligations.ownerOrg} in (${sql.join(
          owner.orgCodes.map((code) => sql`${code}`),
          sql`, `,
        )}) and ${obligations.ownerPerson} is null)`;
  return db.orm
    .select()
    .from(obligations)
    .where(
      and(
        eq(obligations.site, db.site),
        isNull(obligations.fulfilledAt),
        isNull(obligations.canceledAt),
        sql`(${obligations.ownerPerson} = ${owner.personId} or ${byOrg})`,
      ),
    )
    .orderBy(asc(obligations.dueAt))
    .limit(limit);
}
