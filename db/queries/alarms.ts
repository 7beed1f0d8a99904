import {
  and,
  asc,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { AlarmKind, AlarmState } from "../../services/domain/alarm.ts";
import type { AlarmScope } from "../../services/domain/alarm-rights.ts";
import type { KnownAlarm } from "../../services/domain/same-alarm.ts";
import type { Db } from "../client.ts";
import { alarmMessages, alarms, events } from "../schema/index.ts";
import { lockUntilCommit } from "./locks.ts";

export type AlarmRow = typeof alarms.$inferSelect;
export type NewAlarm = Omit<typeof alarms.$inferInsert, "site">;

/** One alarm is taken at a time, so that two that come together are seen as one. Until the transaction ends. */
export const lockAlarms = (tx: Db): Promise<void> => lockUntilCommit(tx, "alarms");

/** What a message of a source came to; null where it never came. */
export async function findAlarmMessage(
  db: Db,
  sourceId: string,
  messageId: string,
): Promise<{ digest: string; alarmNo: string } | null> {
  const [row] = await db.orm
    .select()
    .from(alarmMessages)
    .where(
      and(
        eq(alarmMessages.site, db.site),
        eq(alarmMessages.sourceId, sourceId),
        eq(alarmMessages.messageId, messageId),
      ),
    );
  return row ?? null;
}

export async function insertAlarmMessage(
  tx: Db,
  message: Omit<typeof alarmMessages.$inferInsert, "site">,
): Promise<void> {
  await tx.orm.insert(alarmMessages).values({ ...message, site: tx.site });
}

/**
 * Alarms of a kind that a new one may only repeat: those that wait for a person, and those decided lately
 * or with an event that is open, newest first.
 */
export async function knownAlarms(
  db: Db,
  kind: AlarmKind,
  decidedSince: Date,
  limit = 500,
): Promise<(KnownAlarm & { sourceId: string })[]> {
  const eventOpen = sql<boolean>`(${events.status} is not null
    and ${events.status} not in ('closed', 'archived', 'rejected', 'merged', 'withdrawn'))`;
  const rows = await db.orm
    .select({ alarm: alarms, eventOpen })
    .from(alarms)
    .leftJoin(events, and(eq(events.site, alarms.site), eq(events.no, alarms.eventNo)))
    .where(
      and(
        eq(alarms.site, db.site),
        eq(alarms.kind, kind),
        or(eq(alarms.state, "open"), gte(alarms.decidedAt, decidedSince), eventOpen),
      ),
    )
    .orderBy(desc(alarms.lastAt), desc(alarms.no))
    .limit(limit);
  return rows.map(({ alarm: { lng, lat, ...alarm }, eventOpen: open }) => ({
    ...alarm,
    position: lng === null || lat === null ? null : { lng, lat },
    eventOpen: open,
  }));
}

export async function insertAlarm(tx: Db, alarm: NewAlarm): Promise<void> {
  await tx.orm.insert(alarms).values({ ...alarm, site: tx.site });
}

/** Told once more; the first picture that comes while it waits for a person stays. */
export async function countAlarm(
  tx: Db,
  no: string,
  lastAt: Date,
  picture: { path: string; mime: string } | null,
): Promise<void> {
  const kept = (column: SQL, value: string) =>
    sql`case when ${alarms.state} = 'open' then coalesce(${column}, ${value}) else ${column} end`;
  await tx.orm
    .update(alarms)
    .set({
      count: sql`${alarms.count} + 1`,
      lastAt: sql`greatest(${alarms.lastAt}, ${lastAt.toISOString()}::timestamptz)`,
      ...(picture === null
        ? {}
        : {
            picturePath: kept(sql`${alarms.picturePath}`, picture.path),
            pictureMime: kept(sql`${alarms.pictureMime}`, picture.mime),
          }),
    })
    .where(and(eq(alarms.site, tx.site), eq(alarms.no, no)));
}

export async function findAlarm(db: Db, no: string, lock?: "lock"): Promise<AlarmRow | null> {
  const asked = db.orm
    .select()
    .from(alarms)
    .where(and(eq(alarms.site, db.site), eq(alarms.no, no)));
  const [row] = await (lock === undefined ? asked : asked.for("update"));
  return row ?? null;
}

export const findAlarms = (db: Db, nos: readonly string[]): Promise<AlarmRow[]> =>
  nos.length === 0
    ? Promise.resolve([])
    : db.orm
        .select()
        .from(alarms)
        .where(and(eq(alarms.site, db.site), inArray(alarms.no, [...nos])));

export async function settleAlarm(
  tx: Db,
  no: string,
  decided: Pick<AlarmRow, "state" | "decidedBy" | "decidedAt" | "reason" | "eventNo">,
): Promise<void> {
  await tx.orm
    .update(alarms)
    .set(decided)
    .where(and(eq(alarms.site, tx.site), eq(alarms.no, no)));
}

/** How often a device was called false since a moment. */
export async function falseAlarmsOf(
  db: Db,
  device: Pick<AlarmRow, "sourceId" | "device" | "kind">,
  since: Date,
): Promise<number> {
  const [row] = await db.orm
    .select({ count: sql<number>`count(*)::int` })
    .from(alarms)
    .where(
      and(
        eq(alarms.site, db.site),
        eq(alarms.sourceId, device.sourceId),
        eq(alarms.device, device.device),
        eq(alarms.kind, device.kind),
        eq(alarms.state, "falseAlarm"),
        gte(alarms.decidedAt, since),
      ),
    );
  return row?.count ?? 0;
}

export interface AlarmFilter {
  no?: readonly string[] | undefined;
  state?: readonly AlarmState[] | undefined;
  kind?: readonly AlarmKind[] | undefined;
  source?: string | undefined;
  grid?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** Alarms somebody may see, newest first, after a position. */
export function listAlarms(
  db: Db,
  scope: AlarmScope,
  filter: AlarmFilter,
  after: { firstAt: Date; no: string } | null,
  limit: number,
): Promise<AlarmRow[]> {
  return db.orm
    .select()
    .from(alarms)
    .where(
      and(
        eq(alarms.site, db.site),
        alarmsInScope(scope),
        filter.no && inArray(alarms.no, [...filter.no]),
        filter.state && inArray(alarms.state, [...filter.state]),
        filter.kind && inArray(alarms.kind, [...filter.kind]),
        filter.source === undefined ? undefined : eq(alarms.sourceId, filter.source),
        filter.grid === undefined ? undefined : eq(alarms.gridCode, filter.grid),
        filter.from && gte(alarms.firstAt, filter.from),
        filter.to && lt(alarms.firstAt, filter.to),
        after === null
          ? undefined
          : sql`(${alarms.firstAt}, ${alarms.no}) < (${after.firstAt.toISOString()}::timestamptz, ${after.no})`,
      ),
    )
    .orderBy(desc(alarms.firstAt), desc(alarms.no))
    .limit(limit);
}

/** A condition on `alarms`; undefined: all of them. */
export function alarmsInScope(scope: AlarmScope): SQL | undefined {
  if (scope === "everything") return undefined;
  return or(
    sql`false`,
    scope.street === null ? undefined : eq(alarms.streetCode, scope.street),
    scope.nowhere ? isNull(alarms.streetCode) : undefined,
    scope.grids.length === 0 ? undefined : inArray(alarms.gridCode, [...scope.grids]),
  );
}

/** Pictures of alarms that were called false before a moment. */
export const falsePictures = (
  db: Db,
  before: Date,
  limit: number,
): Promise<{ no: string; path: string | null }[]> =>
  db.orm
    .select({ no: alarms.no, path: alarms.picturePath })
    .from(alarms)
    .where(
      and(
        eq(alarms.site, db.site),
        eq(alarms.state, "falseAlarm"),
        isNotNull(alarms.picturePath),
        lt(alarms.decidedAt, before),
      ),
    )
    .orderBy(asc(alarms.no))
    .limit(limit);

export async function dropPictures(tx: Db, nos: readonly string[]): Promise<void> {
  if (nos.length === 0) return;
  await tx.orm
    .update(alarms)
    .set({ picturePath: null, pictureMime: null })
    .where(and(eq(alarms.site, tx.site), inArray(alarms.no, [...nos])));
}

/** Alarms in homes that were called false before a moment forget where it was. @returns how many */
export async function forgetFalseHomes(
  tx: Db,
  kinds: readonly AlarmKind[],
  before: Date,
): Promise<number> {
  const emptied = await tx.orm
    .update(alarms)
    .set({ place: null, lng: null, lat: null, reading: null })
    .where(
      and(
        eq(alarms.site, tx.site),
        eq(alarms.state, "falseAlarm"),
        inArray(alarms.kind, [...kinds]),
        lt(alarms.decidedAt, before),
        or(isNotNull(alarms.place), isNotNull(alarms.lng), isNotNull(alarms.reading)),
      ),
    )
    .returning({ no: alarms.no });
  return emptied.length;
}

export async function deleteOldAlarmMessages(db: Db, before: Date): Promise<number> {
  const gone = await db.orm
    .delete(alarmMessages)
    .where(and(eq(alarmMessages.site, db.site), lt(alarmMessages.at, before)))
    .returning({ id: alarmMessages.messageId });
  return gone.length;
}
