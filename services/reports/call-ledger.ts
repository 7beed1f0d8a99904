import type { Db } from "../../db/client.ts";
import { allOrgs } from "../../db/queries/directory.ts";
import {
  type CallLedgerRow,
  callLedgerPage,
  countLedgerCalls,
  type LedgerPosition,
} from "../../db/queries/ledgers.ts";
import type { Period } from "../../db/queries/stats/event-rows.ts";
import { CALL_STATUS_NAMES, FAULT_NAMES, RESPONSE_STATUS_NAMES } from "../domain/call-ticket.ts";
import { maskPersonalData } from "../domain/masking.ts";
import type { StatsScope } from "../domain/stats-scope.ts";
import { MINUTE_MS } from "../domain/time.ts";
import type { Cell, Ledger, LedgerColumn } from "./ledger.ts";
import { cellTime } from "./period-words.ts";

/** One statement of the embedded database must not hold up others: so many calls at once. */
const CALLS_A_PAGE = 25;

const COLUMNS: readonly LedgerColumn[] = [
  { title: "呼叫单号", width: 18 },
  { title: "类型", width: 10 },
  { title: "状态", width: 12 },
  { title: "呼叫街道", width: 16 },
  { title: "事由", width: 40 },
  { title: "地点", width: 26 },
  { title: "清单项", width: 28 },
  { title: "起草时间", width: 17 },
  { title: "签批时间", width: 17 },
  { title: "派遣时间", width: 17 },
  { title: "部门", width: 26 },
  { title: "职责", width: 8 },
  { title: "派遣人数", width: 9 },
  { title: "响应情况", width: 10 },
  { title: "响应时限", width: 17 },
  { title: "响应时间", width: 17 },
  { title: "响应超时(分钟)", width: 14 },
  { title: "报到时限", width: 17 },
  { title: "报到时间", width: 17 },
  { title: "迟到(分钟)", width: 11 },
  { title: "办结时限", width: 17 },
  { title: "办结时间", width: 17 },
  { title: "办结超时(分钟)", width: 14 },
  { title: "街道评分", width: 9 },
  { title: "系统留痕", width: 20 },
  { title: "督查认定", width: 20 },
  { title: "结案时间", width: 17 },
];

/** 呼叫台账: one row a call and department, with times, lateness and score. */
export async function callLedger(
  db: Db,
  scope: StatsScope,
  period: Period,
  now: Date,
): Promise<Ledger> {
  const names = new Map((await allOrgs(db)).map(({ code, name }) => [code, name]));
  const nameOf = (code: string) => names.get(code) ?? code;
  return {
    name: "呼叫台账",
    columns: COLUMNS,
    total: await countLedgerCalls(db, scope, period),
    async *pages() {
      let after: LedgerPosition | null = null;
      for (;;) {
        const rows: CallLedgerRow[] = await callLedgerPage(db, scope, period, after, CALLS_A_PAGE);
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last;
        yield {
          subjects: new Set(rows.map(({ no }) => no)).size,
          rows: rows.map((row) => cellsOf(row, nameOf, now)),
        };
      }
    },
  };
}

function cellsOf(row: CallLedgerRow, nameOf: (code: string) => string, now: Date): Cell[] {
  const { dept } = row;
  return [
    row.no,
    row.callType === "emergency" ? "突发事件" : "复杂事项",
    CALL_STATUS_NAMES[row.status],
    nameOf(row.streetCode),
    maskPersonalData(row.summary),
    row.place === null ? "" : maskPersonalData(row.place),
    row.itemNo === null ? "" : `第${row.itemNo}项 ${row.itemName ?? ""}`.trim(),
    cellTime(row.createdAt),
    cellTime(row.approvedAt),
    cellTime(row.dispatchedAt),
    ...(dept === null
      ? Array<Cell>(16).fill("")
      : departmentCells(dept, row.itemLead, nameOf, now)),
    cellTime(row.closedAt),
  ];
}

function departmentCells(
  dept: NonNullable<CallLedgerRow["dept"]>,
  lead: string | null,
  nameOf: (code: string) => string,
  now: Date,
): Cell[] {
  const evidence = dept.faults.filter(({ found }) => !found);
  const findings = dept.faults.filter(({ found }) => found);
  const words = (faults: typeof evidence) =>
    faults.map(({ fault }) => FAULT_NAMES[fault]).join("、");
  // Whoever declined owes no arrival, and whoever was let go owes nothing.
  const owesArrival = dept.status !== "declined" && !dept.released;
  return [
    nameOf(dept.code),
    lead === null ? "" : dept.code === lead ? "主体" : "配合",
    dept.headcount,
    dept.released ? "同意不响应" : RESPONSE_STATUS_NAMES[dept.status],
    cellTime(dept.respondBy),
    cellTime(dept.respondedAt),
    dept.released && dept.respondedAt === null
      ? null
      : minutesLate(dept.respondBy, dept.respondedAt, now),
    cellTime(dept.arriveBy),
    cellTime(dept.arrivedAt),
    owesArrival || dept.arrivedAt !== null ? minutesLate(dept.arriveBy, dept.arrivedAt, now) : null,
    cellTime(dept.completeBy),
    cellTime(dept.completedAt),
    dept.completeBy === null || (dept.released && dept.completedAt === null)
      ? null
      : minutesLate(dept.completeBy, dept.completedAt, now),
    dept.score,
    words(evidence),
    words(findings),
  ];
}

/** Minutes by the clock beyond the limit; of what has not happened, until now. Empty before the limit. */
function minutesLate(by: Date, done: Date | null, now: Date): number | null {
  const late = Math.floor(((done ?? now).getTime() - by.getTime()) / MINUTE_MS);
  if (late > 0) return late;
  return done === null ? null : 0;
}
