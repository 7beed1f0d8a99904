import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Duty } from "../../services/domain/obligation.ts";
import type { ObligationScope } from "../../services/domain/obligation-scope.ts";
import type { Db } from "../client.ts";
import { events, obligations } from "../schema/index.ts";
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

function within(db: Db, scope: ObligationScope): SQL | undefined {
  if (scope === "everything") return undefined;
  return or(
    sql`false`,
    scope.personId === null ? undefined : eq(obligations.ownerPerson, scope.personId),
    scope.orgCode === null ? undefined : eq(obligations.ownerOrg, scope.orgCode),
    scope.street === null
      ? undefined
      : sql`${obligations.ownerOrg} in ${orgsOfStreet(db, scope.street)}`,
    scope.street === null
      ? undefined
      : sql`exists (select 1 from ${events} e where e.site = ${db.site}
          and e.no = ${obligations.subjectNo} and e.street_code = ${scope.street})`,
    // What departments owe a street's call, the street sees.
    scope.street === null
      ? undefined
      : sql`exists (select 1 from call_tickets c where c.site = ${db.site}
          and c.no = ${obligations.subjectNo} and c.street_code = ${scope.street})`,
  );
}
