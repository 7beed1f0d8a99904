import type { Db } from "../../db/client.ts";
import { allResponsibilityItems } from "../../db/queries/directory.ts";
import { moveResponseLimits, responsesUnderWay } from "../../db/queries/recount.ts";
import type { WorkCalendar } from "../domain/calendar.ts";
import { completeLimit, respondLimit } from "../domain/call-actions/limits.ts";
import type { Duty } from "../domain/obligation.ts";
import { recounted } from "../domain/recount.ts";
import type { Office } from "./office.ts";

/**
 * Counts anew by when departments have to answer and to complete. Where and when they report was agreed
 * on and stays.
 *
 * @returns the new limits, by `number department duty`
 */
export async function recountCallLimits(
  tx: Db,
  { policy }: Office,
  before: WorkCalendar,
  after: WorkCalendar,
): Promise<Map<string, Date>> {
  const items = new Map((await allResponsibilityItems(tx)).map((item) => [item.no, item]));
  const limits = new Map<string, Date>();
  for (const row of await responsesUnderWay(tx)) {
    const rules = { item: row.item ?? items.get(row.itemNo ?? "") ?? null, policy };
    const respondBy = recounted(
      { start: row.dispatchedAt, dueAt: row.respondBy, limit: respondLimit(row, rules) },
      before,
      after,
    );
    const completeBy =
      row.completeBy === null || row.checkIn === null
        ? null
        : recounted(
            {
              start: new Date(row.checkIn.at),
              dueAt: row.completeBy,
              limit: completeLimit(rules),
            },
            before,
            after,
          );
    // An answer that is there was judged by the limit of its time.
    const open = {
      ...(row.respondedAt === null ? { respondBy } : {}),
      ...(completeBy === null ? {} : { completeBy }),
    };
    if (Object.keys(open).length > 0) await moveResponseLimits(tx, row.id, open);
    const key = (duty: Duty) => `${row.callNo} ${row.deptCode} ${duty}`;
    if (row.respondedAt === null) limits.set(key("respond"), respondBy);
    if (completeBy !== null) limits.set(key("completeCall"), completeBy);
  }
  return limits;
}
