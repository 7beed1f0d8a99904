import type { Db } from "../../db/client.ts";
import { allCategories, allGrids, allOrgs } from "../../db/queries/directory.ts";
import {
  countLedgerEvents,
  type EventLedgerRow,
  eventLedgerPage,
  type LedgerPosition,
} from "../../db/queries/ledgers.ts";
import type { Period } from "../../db/queries/stats/event-rows.ts";
import { EVENT_STATUS_NAMES } from "../domain/event.ts";
import { EVENT_SOURCE_NAMES } from "../domain/event-source-names.ts";
import { levelName, URGENCY_NAMES } from "../domain/level.ts";
import { maskPersonalData } from "../domain/masking.ts";
import { PLATFORM_NAMES } from "../domain/platform.ts";
import type { StatsScope } from "../domain/stats-scope.ts";
import { MINUTE_MS } from "../domain/time.ts";
import type { Cell, Ledger, LedgerColumn } from "./ledger.ts";
import { cellTime } from "./period-words.ts";

const EVENTS_A_PAGE = 50;

const COLUMNS: readonly LedgerColumn[] = [
  { title: "事件编号", width: 19 },
  { title: "状态", width: 10 },
  { title: "类别", width: 18 },
  { title: "平台", width: 12 },
  { title: "级别", width: 12 },
  { title: "紧急程度", width: 9 },
  { title: "街道", width: 16 },
  { title: "网格", width: 16 },
  { title: "地点", width: 26 },
  { title: "摘要", width: 36 },
  { title: "来源", width: 12 },
  { title: "反映人数", width: 9 },
  { title: "登记时间", width: 17 },
  { title: "受理时间", width: 17 },
  { title: "主办单位", width: 22 },
  { title: "办理期限", width: 17 },
  { title: "办结时间", width: 17 },
  { title: "超期(分钟)", width: 11 },
  { title: "重办次数", width: 9 },
  { title: "评价(星)", width: 9 },
  { title: "结案时间", width: 17 },
];

/** Nobody has to do them, so they are late with nothing. */
const OWES_NOTHING: readonly EventLedgerRow["status"][] = ["merged", "withdrawn", "rejected"];

/** 事件台账: one row an event; never who reported it. */
export async function eventLedger(
  db: Db,
  scope: StatsScope,
  period: Period,
  now: Date,
): Promise<Ledger> {
  const orgs = new Map((await allOrgs(db)).map(({ code, name }) => [code, name]));
  const grids = new Map((await allGrids(db)).map(({ code, name }) => [code, name]));
  const categories = new Map((await allCategories(db)).map(({ slug, name }) => [slug, name]));
  const named = (names: ReadonlyMap<string, string>, code: string | null) =>
    code === null ? "" : (names.get(code) ?? code);
  return {
    name: "事件台账",
    columns: COLUMNS,
    total: await countLedgerEvents(db, scope, period),
    async *pages() {
      let after: LedgerPosition | null = null;
      for (;;) {
        const rows: EventLedgerRow[] = await eventLedgerPage(
          db,
          scope,
          period,
          after,
          EVENTS_A_PAGE,
        );
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last;
        yield { subjects: rows.length, rows: rows.map(cellsOf) };
      }
    },
  };

  function cellsOf(row: EventLedgerRow): Cell[] {
    // Complaints about people stand here as numbers: a ledger is passed on.
    const hidden = row.confidential;
    return [
      row.no,
      EVENT_STATUS_NAMES[row.status],
      named(categories, row.category),
      row.platform === null ? "" : PLATFORM_NAMES.fourPlatforms[row.platform],
      levelName(row.level),
      URGENCY_NAMES[row.urgency],
      named(orgs, row.streetCode),
      hidden ? "" : named(grids, row.gridCode),
      hidden ? "" : maskPersonalData(row.place ?? ""),
      hidden ? "(保密事项)" : maskPersonalData(row.summary),
      EVENT_SOURCE_NAMES[row.source],
      row.reporterCount,
      cellTime(row.createdAt),
      cellTime(row.acceptedAt),
      named(orgs, row.leadOrg),
      cellTime(row.dueAt),
      cellTime(row.completedAt),
      lateMinutes(row),
      row.reopenCount,
      row.rating,
      cellTime(row.closedAt),
    ];
  }

  function lateMinutes({ status, dueAt, completedAt }: EventLedgerRow): number | null {
    if (dueAt === null || OWES_NOTHING.includes(status)) return null;
    const late = Math.floor(((completedAt ?? now).getTime() - dueAt.getTime()) / MINUTE_MS);
    if (late > 0) return late;
    return completedAt === null ? null : 0;
  }
}
