import {
  and,
  asc,
  eq,
  exists,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import {
  DUTY_SUBJECTS,
  type Duty,
  type DutySubjectType,
} from "../../services/domain/obligation.ts";
import type { ObligationScope } from "../../services/domain/obligation-scope.ts";
import type { Db } from "../client.ts";
import { alarms, callTickets, events, obligations } from "../schema/index.ts";
import { alarmsInScope } from "./alarms.ts";
import { callsInScope } from "./call-lists.ts";
import { eventsInScope } from "./event-lists.ts";
import type { ObligationRow } from "./obligations.ts";

export interface ObligationFilter {
  /** `open` is everything that is not fulfilled; `due` and `overdue` are parts of it */
  state: "open" | "due" | "overdue" | "fulfilled";
  duty?: readonly Duty[] | undefined;
  /** an organisation or a person */
  owner?: string | undefined;
  no?: string | undefined;
}

export interface ObligationPosition {
  dueAt: Date;
  id: string;
}

/**
 * Duties somebody may see, the oldest due first, after a position. What was canceled is never among them.
 *
 * @param soon - `now`, and until when something counts as due
 */
export function listObligations(
  db: Db,
  scope: ObligationScope,
  filter: ObligationFilter,
  soon: { now: Date; dueUntil: Date },
  after: ObligationPosition | null,
  limit: number,
): Promise<ObligationRow[]> {
  return db.orm
    .select()
    .from(obligations)
    .where(
      and(
        eq(obligations.site, db.site),
        isNull(obligations.canceledAt),
        inState(filter.state, soon),
        filter.duty && inArray(obligations.duty, [...filter.duty]),
        filter.owner === undefined
          ? undefined
          : or(eq(obligations.ownerOrg, filter.owner), eq(obligations.ownerPerson, filter.owner)),
        filter.no === undefined ? undefined : eq(obligations.subjectNo, filter.no),
        within(db, scope),
        after === null
          ? undefined
          : sql`(${obligations.dueAt}, ${obligations.id}) > (${after.dueAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(obligations.dueAt), asc(obligations.id))
    .limit(limit);
}

function inState(
  state: ObligationFilter["state"],
  { now, dueUntil }: { now: Date; dueUntil: Date },
): SQL | undefined {
  if (state === "fulfilled") return isNotNull(obligations.fulfilledAt);
  return and(
    isNull(obligations.fulfilledAt),
    state === "overdue" ? lt(obligations.dueAt, now) : undefined,
    state === "due" ? and(gte(obligations.dueAt, now), lt(obligations.dueAt, dueUntil)) : undefined,
  );
}

/** The street with its communities and stations; no table, however filled, sends it in circles. */
const orgsOfStreet = (db: Db, street: string): SQL => sql`(
  with recursive below as (
    select o.code, 0 as depth from orgs o where o.site = ${db.site} and o.code = ${street}
    union all
    select o.code, below.depth + 1 from orgs o join below on o.parent_code = below.code
    where o.site = ${db.site} and below.depth < 8
  )
  select code from below)`;

function within(db: Db, { personId, owners, subjects }: ObligationScope): SQL | undefined {
  const others = and(
    owners === "everybody" ? undefined : owedBy(db, owners),
    ...DUTY_SUBJECTS.map((type) => onVisible(db, type, subjects)),
  );
  if (others === undefined) return undefined;
  return personId === null ? others : or(eq(obligations.ownerPerson, personId), others);
}

function owedBy(db: Db, { orgCode, street }: Exclude<ObligationScope["owners"], "everybody">) {
  return or(
    sql`false`,
    orgCode === null ? undefined : eq(obligations.ownerOrg, orgCode),
    street === null ? undefined : sql`${obligations.ownerOrg} in ${orgsOfStreet(db, street)}`,
    street === null
      ? undefined
      : sql`exists (select 1 from ${events} e where e.site = ${db.site}
          and e.no = ${obligations.subjectNo} and e.street_code = ${street})`,
    // What departments owe a street's call, the street sees.
    street === null
      ? undefined
      : sql`exists (select 1 from call_tickets c where c.site = ${db.site}
          and c.no = ${obligations.subjectNo} and c.street_code = ${street})`,
  );
}

/** It is on nothing of this type, or on what the reader may see; undefined: they may see all. */
function onVisible(
  db: Db,
  type: DutySubjectType,
  subjects: ObligationScope["subjects"],
): SQL | undefined {
  const visible = {
    event: () => among(db, events, eventsInScope(db, subjects.event)),
    callTicket: () => among(db, callTickets, callsInScope(subjects.callTicket)),
    alarm: () => among(db, alarms, alarmsInScope(subjects.alarm)),
  }[type]();
  return visible && or(ne(obligations.subjectType, type), visible);
}

const among = (
  db: Db,
  table: typeof events | typeof callTickets | typeof alarms,
  visible: SQL | undefined,
): SQL | undefined =>
  visible &&
  exists(
    db.orm
      .select({ one: sql`1` })
      .from(table as typeof events)
      .where(and(eq(table.site, db.site), eq(table.no, obligations.subjectNo), visible)),
  );
