import { and, asc, desc, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { CallScope } from "../../services/domain/call-scope.ts";
import type { CallStatus, CallType } from "../../services/domain/call-ticket.ts";
import type { Db } from "../client.ts";
import { callSteps, callTickets } from "../schema/index.ts";
import type { CallStepRow } from "./calls.ts";

/** What a list of calls may be narrowed to; absent: not narrowed. */
export interface CallFilter {
  no?: readonly string[] | undefined;
  status?: readonly CallStatus[] | undefined;
  street?: string | undefined;
  /** in which this department takes or took part */
  dept?: string | undefined;
  callType?: CallType | undefined;
  /** drafted at or after */
  from?: Date | undefined;
  /** drafted before */
  to?: Date | undefined;
}

export interface CallPosition {
  createdAt: Date;
  no: string;
}

/** Calls somebody may see, newest first, after a position. */
export function listCalls(
  db: Db,
  scope: CallScope,
  filter: CallFilter,
  after: CallPosition | null,
  limit: number,
): Promise<CallPosition[]> {
  return db.orm
    .select({ createdAt: callTickets.createdAt, no: callTickets.no })
    .from(callTickets)
    .where(
      and(
        eq(callTickets.site, db.site),
        callsInScope(scope),
        filter.no && inArray(callTickets.no, [...filter.no]),
        filter.status && inArray(callTickets.status, [...filter.status]),
        filter.street === undefined ? undefined : eq(callTickets.streetCode, filter.street),
        filter.dept === undefined ? undefined : calls(filter.dept),
        filter.callType && eq(callTickets.callType, filter.callType),
        filter.from && gte(callTickets.createdAt, filter.from),
        filter.to && lt(callTickets.createdAt, filter.to),
        after === null
          ? undefined
          : sql`(${callTickets.createdAt}, ${callTickets.no}) < (${after.createdAt.toISOString()}::timestamptz, ${after.no})`,
      ),
    )
    .orderBy(desc(callTickets.createdAt), desc(callTickets.no))
    .limit(limit);
}

/** A condition on `callTickets`; undefined: all of them. */
export function callsInScope(scope: CallScope): SQL | undefined {
  if (scope === "everything") return undefined;
  return or(
    sql`false`,
    scope.street === null ? undefined : eq(callTickets.streetCode, scope.street),
    scope.dept === null ? undefined : calls(scope.dept),
  );
}

const calls = (deptCode: string): SQL => sql`exists (
  select 1 from call_responses r
  where r.site = ${callTickets.site} and r.call_no = ${callTickets.no} and r.dept_code = ${deptCode})`;

/** The steps of several calls, each call's in order. */
export async function stepsOfCalls(
  db: Db,
  nos: readonly string[],
): Promise<Map<string, CallStepRow[]>> {
  const grouped = new Map<string, CallStepRow[]>(nos.map((no) => [no, []]));
  if (nos.length === 0) return grouped;
  const rows = await db.orm
    .select()
    .from(callSteps)
    .where(and(eq(callSteps.site, db.site), inArray(callSteps.callNo, [...nos])))
    .orderBy(asc(callSteps.id));
  for (const row of rows) grouped.get(row.callNo)?.push(row);
  return grouped;
}
