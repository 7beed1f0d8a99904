import { type SQL, sql } from "drizzle-orm";
import type { RowsBehind } from "../../../services/domain/rows-behind.ts";
import type { StatsScope } from "../../../services/domain/stats-scope.ts";
import type { Db } from "../../client.ts";
import {
  type CallKey,
  callHasKey,
  callsWithin,
  inResponseSet,
  RESPONSE_SECONDS,
  responseHasKey,
  responsesWithin,
} from "./call-counts.ts";
import {
  type EventKey,
  eventsWithin,
  hasKey,
  inSet,
  isRating,
  type Period,
  timestamp,
} from "./event-rows.ts";

/** One row that a number counts. */
export interface RowBehind {
  no: string;
  /** tells rows of one event or call apart; the number itself where it is the only one */
  id: string;
  createdAt: Date;
  /** stars of a rating, minutes until an answer, or a score */
  value: number | null;
  deptCode: string | null;
}

export interface RowPosition {
  createdAt: Date;
  id: string;
}

export interface AskedRows {
  rows: RowsBehind;
  scope: StatsScope;
  period: Period;
  /** only those under one key of a breakdown */
  only: { by: EventKey; key: string } | null;
  now: Date;
}

/** The rows behind a number, newest first, after a position: as many as the number says, or as it sums. */
export async function listRowsBehind(
  db: Db,
  asked: AskedRows,
  after: RowPosition | null,
  limit: number,
): Promise<RowBehind[]> {
  const found = await db.rows<Omit<RowBehind, "createdAt"> & { at: string }>(sql`
    select no, id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, value, "deptCode"
    from (${source(db, asked)}) found
    where ${after === null ? sql`true` : sql`(at, id) < (${timestamp(after.createdAt)}, ${after.id})`}
    order by at desc, id desc limit ${limit}`);
  return found.map(({ at, ...row }) => ({ ...row, createdAt: new Date(at) }));
}

function source(db: Db, { rows, scope, period, only, now }: AskedRows): SQL {
  const events = sql`${eventsWithin(db, scope, period)} and ${only === null ? sql`true` : hasKey(only.by, only.key)}`;
  switch (rows.of) {
    case "event":
      return sql`select e.no, e.no as id, e.created_at as at, null::float8 as value, null as "deptCode"
        from events e where ${events} and ${inSet(rows.set, now)}`;
    case "rating":
      return sql`select e.no, e.no || ' ' || r.id as id, e.created_at as at, r.rating::float8 as value, null as "deptCode"
        from events e join event_reporters r on r.site = e.site and r.event_no = e.no
        where ${events} and ${isRating(rows.set === "satisfied")}`;
    case "call":
      return sql`select c.no, c.no as id, c.created_at as at, null::float8 as value, null as "deptCode"
        from call_tickets c where ${callsWithin(db, scope, period)}
          and ${only === null ? sql`true` : callHasKey(callKey(only.by), only.key)}`;
    case "response": {
      const values = { minutes: sql`(${RESPONSE_SECONDS} / 60)::float8`, score: sql`r.score` };
      return sql`select c.no, c.no || ' ' || r.id as id, c.created_at as at,
          ${rows.value === null ? sql`null::float8` : values[rows.value]} as value, r.dept_code as "deptCode"
        from call_responses r join call_tickets c on c.site = r.site and c.no = r.call_no
        where ${responsesWithin(db, scope, period)} and ${inResponseSet(rows.set, now)}
          and ${only === null ? sql`true` : responseHasKey(callKey(only.by), only.key)}`;
    }
  }
}

const CALL_KEYS: readonly EventKey[] = ["all", "street", "grid", "department", "day"];
export const isCallKey = (by: EventKey): by is CallKey => CALL_KEYS.includes(by);

function callKey(by: EventKey): CallKey {
  if (!isCallKey(by)) throw new Error(`Calls are not told apart by ${by}.`);
  return by;
}
