import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Complaint } from "../../services/domain/collective.ts";
import type { Db } from "../client.ts";
import { eventReporters, events } from "../schema/index.ts";

/** More of one family in a week is a storm that the command room knows of. */
const MOST = 200;

/** Events of a family of categories (`env`) since a moment, newest first, confidential ones left out. */
export async function recentComplaints(db: Db, family: string, since: Date): Promise<Complaint[]> {
  const rows = await db.orm
    .select()
    .from(events)
    .where(
      and(
        eq(events.site, db.site),
        eq(events.confidential, false),
        sql`split_part(${events.category}, '.', 1) = ${family}`,
        sql`${events.createdAt} >= ${since.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(desc(events.createdAt), desc(events.no))
    .limit(MOST);
  if (rows.length === 0) return [];
  const reporters = await db.orm
    .select()
    .from(eventReporters)
    .where(
      and(
        eq(eventReporters.site, db.site),
        inArray(
          eventReporters.eventNo,
          rows.map((row) => row.no),
        ),
      ),
    )
    .orderBy(asc(eventReporters.id));
  return rows.map((row) => {
    const own = reporters.filter((reporter) => reporter.eventNo === row.no);
    const { placeRaw: raw, addressCode, gridCode, lng, lat } = row;
    return {
      ...row,
      place: { raw, addressCode, gridCode, lng, lat },
      words: own.map(({ words }) => words).join(","),
      reporters: own.map((one) => ({
        person: one.personId ?? `${one.channel}|${one.platformUserId}`,
        group: one.conversationType === "group" ? one.conversationId : null,
        at: one.joinedAt,
      })),
    };
  });
}
