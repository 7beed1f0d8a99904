import {
  and,
  asc,
  desc,
  eq,
  exists,
  gte,
  inArray,
  isNull,
  lt,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { EventSource, EventStatus } from "../../services/domain/event.ts";
import type { EventScope } from "../../services/domain/event-scope.ts";
import type { EventLevel } from "../../services/domain/level.ts";
import type { Platform } from "../../services/domain/platform.ts";
import type { Db } from "../client.ts";
import {
  eventAssignees,
  eventReporters,
  eventSteps,
  events,
  obligations,
} from "../schema/index.ts";
import type { StepRow } from "./events.ts";

/** What a list may be narrowed to; absent: not narrowed. */
export interface EventFilter {
  no?: readonly string[] | undefined;
  status?: readonly EventStatus[] | undefined;
  category?: readonly string[] | undefined;
  level?: readonly EventLevel[] | undefined;
  platform?: readonly Platform[] | undefined;
  source?: readonly EventSource[] | undefined;
  street?: string | undefined;
  grid?: string | undefined;
  confidential?: boolean | undefined;
  /** created at or after */
  from?: Date | undefined;
  /** created before */
  to?: Date | undefined;
  /** in number, a hotline's number, summary or place; never in what reporters wrote */
  q?: string | undefined;
  /** reported by this person, held by the organisation, or owed by either */
  mine?: { personId: string | null; orgCode: string | null } | undefined;
}

export interface EventPosition {
  createdAt: Date;
  no: string;
}

/** Events somebody may see, newest first, after a position. */
export function listEvents(
  db: Db,
  scope: EventScope,
  filter: EventFilter,
  after: EventPosition | null,
  limit: number,
): Promise<EventPosition[]> {
  return db.orm
    .select({ createdAt: events.createdAt, no: events.no })
    .from(events)
    .where(
      and(
        eq(events.site, db.site),
        eventsInScope(db, scope),
        matching(db, filter),
        after === null
          ? undefined
          : sql`(${events.createdAt}, ${events.no}) < (${after.createdAt.toISOString()}::timestamptz, ${after.no})`,
      ),
    )
    .orderBy(desc(events.createdAt), desc(events.no))
    .limit(limit);
}

/** A condition on `events`; undefined: all of them. */
export function eventsInScope(db: Db, scope: EventScope): SQL | undefined {
  if (scope === "everything") return undefined;
  const open = eq(events.confidential, false);
  return or(
    sql`false`,
    scope.reporterId === null ? undefined : reportedBy(db, scope.reporterId),
    scope.gridCodes.length === 0
      ? undefined
      : and(open, inArray(events.gridCode, [...scope.gridCodes])),
    scope.handlingOrg === null
      ? undefined
      : heldBy(
          db,
          scope.handlingOrg,
          or(
            isNull(eventAssignees.personId),
            sql`${eventAssignees.signedAt} is not null`,
            scope.reporterId === null ? undefined : eq(eventAssignees.personId, scope.reporterId),
          ),
        ),
    scope.commandRoomOf === null ? undefined : eq(events.streetCode, scope.commandRoomOf),
    scope.unplaced ? isNull(events.streetCode) : undefined,
    scope.street === null ? undefined : and(open, eq(events.streetCode, scope.street)),
  );
}

function matching(db: Db, filter: EventFilter): SQL | undefined {
  const { mine } = filter;
  return and(
    filter.no && inArray(events.no, [...filter.no]),
    filter.status && inArray(events.status, [...filter.status]),
    filter.category && inArray(events.category, [...filter.category]),
    filter.level && inArray(events.level, [...filter.level]),
    filter.platform && inArray(events.platform, [...filter.platform]),
    filter.source && inArray(events.source, [...filter.source]),
    filter.street === undefined ? undefined : eq(events.streetCode, filter.street),
    filter.grid === undefined ? undefined : eq(events.gridCode, filter.grid),
    filter.confidential === undefined ? undefined : eq(events.confidential, filter.confidential),
    filter.from && gte(events.createdAt, filter.from),
    filter.to && lt(events.createdAt, filter.to),
    filter.q === undefined ? undefined : mentions(filter.q),
    mine &&
      or(
        sql`false`,
        mine.personId === null ? undefined : reportedBy(db, mine.personId),
        mine.orgCode === null ? undefined : heldBy(db, mine.orgCode, undefined),
        owedBy(db, mine),
      ),
  );
}

function mentions(words: string): SQL {
  const pattern = `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql`(${events.no} ilike ${pattern} or ${events.summary} ilike ${pattern} or ${events.placeRaw} ilike ${pattern}
    or exists (select 1 from hotline_orders o where o.site = ${events.site} and o.event_no = ${events.no} and o.no ilike ${pattern}))`;
}

const reportedBy = (db: Db, personId: string): SQL =>
  exists(
    db.orm
      .select({ one: sql`1` })
      .from(eventReporters)
      .where(
        and(
          eq(eventReporters.site, db.site),
          eq(eventReporters.eventNo, events.no),
          eq(eventReporters.personId, personId),
        ),
      ),
  );

const heldBy = (db: Db, orgCode: string, how: SQL | undefined): SQL =>
  exists(
    db.orm
      .select({ one: sql`1` })
      .from(eventAssignees)
      .where(
        and(
          eq(eventAssignees.site, db.site),
          eq(eventAssignees.eventNo, events.no),
          eq(eventAssignees.orgCode, orgCode),
          isNull(eventAssignees.endedAt),
          how,
        ),
      ),
  );

const owedBy = (db: Db, owner: { personId: string | null; orgCode: string | null }): SQL =>
  exists(
    db.orm
      .select({ one: sql`1` })
      .from(obligations)
      .where(
        and(
          eq(obligations.site, db.site),
          eq(obligations.subjectNo, events.no),
          isNull(obligations.fulfilledAt),
          isNull(obligations.canceledAt),
          or(
            sql`false`,
            owner.personId === null ? undefined : eq(obligations.ownerPerson, owner.personId),
            owner.orgCode === null ? undefined : eq(obligations.ownerOrg, owner.orgCode),
          ),
        ),
      ),
  );

/** The steps of several events, each event's in order. */
export async function stepsOfEvents(
  db: Db,
  nos: readonly string[],
): Promise<Map<string, StepRow[]>> {
  const grouped = new Map<string, StepRow[]>(nos.map((no) => [no, []]));
  if (nos.length === 0) return grouped;
  const rows = await db.orm
    .select()
    .from(eventSteps)
    .where(and(eq(eventSteps.site, db.site), inArray(eventSteps.eventNo, [...nos])))
    .orderBy(asc(eventSteps.id));
  for (const row of rows) grouped.get(row.eventNo)?.push(row);
  return grouped;
}

/** Those of the events on which a duty is open beyond its time. */
export async function eventsWithLateDuties(
  db: Db,
  nos: readonly string[],
  now: Date,
): Promise<Set<string>> {
  if (nos.length === 0) return new Set();
  const rows = await db.orm
    .selectDistinct({ no: obligations.subjectNo })
    .from(obligations)
    .where(
      and(
        eq(obligations.site, db.site),
        inArray(obligations.subjectNo, [...nos]),
        isNull(obligations.fulfilledAt),
        isNull(obligations.canceledAt),
        lt(obligations.dueAt, now),
      ),
    );
  return new Set(rows.map((row) => row.no));
}
