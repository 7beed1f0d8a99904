import { and, asc, desc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { isDevice } from "../../services/domain/alarm-sender.ts";
import type { Complaint, Traces } from "../../services/domain/collective.ts";
import type { Db } from "../client.ts";
import { eventReporters, events } from "../schema/index.ts";

/** More of one source in a week is a storm that the command room knows of. */
const MOST = 200;

export async function findComplaint(db: Db, no: string): Promise<Complaint | null> {
  const [complaint] = await complaints(db, eq(events.no, no));
  return complaint ?? null;
}

/** Events that may have the source of a complaint, since a moment, newest first; confidential ones not. */
export function complaintsWithTraces(db: Db, traces: Traces, since: Date): Promise<Complaint[]> {
  const { names, around, addressCode, gridCode } = traces;
  const places = [
    around === null ? null : sql`starts_with(${events.placeRaw}, ${around})`,
    addressCode === null ? null : eq(events.addressCode, addressCode),
    gridCode === null ? null : eq(events.gridCode, gridCode),
    ...names.map((name) => sql`position(${name} in ${events.words}) > 0`),
  ].filter((one) => one !== null);
  if (places.length === 0) return Promise.resolve([]);
  return complaints(
    db,
    and(
      eq(events.confidential, false),
      sql`split_part(${events.category}, '.', 1) = ${traces.family}`,
      sql`${events.createdAt} >= ${since.toISOString()}::timestamptz`,
      or(...places),
    ),
  );
}

async function complaints(db: Db, which: SQL | undefined): Promise<Complaint[]> {
  const rows = await db.orm
    .select()
    .from(events)
    .where(and(eq(events.site, db.site), which))
    .orderBy(desc(events.createdAt), desc(events.no))
    .limit(MOST);
  if (rows.length === 0) return [];
  const nos = rows.map((row) => row.no);
  const reporters = await db.orm
    .select()
    .from(eventReporters)
    .where(and(eq(eventReporters.site, db.site), inArray(eventReporters.eventNo, nos)))
    .orderBy(asc(eventReporters.id));
  return rows.flatMap((row) => {
    // A camera that tells ten times is nobody who complains.
    const own = reporters.filter((one) => one.eventNo === row.no && !isDevice(one));
    if (own.length === 0) return [];
    const { placeRaw: raw, addressCode, gridCode, lng, lat } = row;
    const complaint: Complaint = {
      ...row,
      place: { raw, addressCode, gridCode, lng, lat },
      words: own.map(({ words }) => words).join(","),
      reporters: own.map((one) => ({
        person: one.personId ?? `${one.channel}|${one.platformUserId}`,
        group: one.conversationType === "group" ? one.conversationId : null,
        at: one.joinedAt,
      })),
    };
    return [complaint];
  });
}
