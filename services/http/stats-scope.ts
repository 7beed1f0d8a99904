import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { Actor } from "../domain/actor.ts";
import { narrowTo, type StatsScope, statsScopeOf } from "../domain/stats-scope.ts";
import { statsPlaceOf } from "../stats-place.ts";
import { noRight, type ProblemSaid, unknownOrg } from "./problem.ts";
import { timeBound } from "./query-values.ts";

/** What every question about figures may be narrowed by. */
export const statsQuery = {
  from: timeBound("since"),
  to: timeBound("until"),
  org: z
    .string()
    .max(100)
    .optional()
    .describe(
      "a street, community or grid: its events and calls; a department or station: those it took part in",
    ),
};

/**
 * What somebody may see figures of, narrowed to what they ask for; or why not.
 *
 * @param org - code of an organisation or a grid; absent: all that they may see
 */
export async function statsScopeFor(
  db: Db,
  actor: Actor,
  org: string | undefined,
): Promise<{ scope: StatsScope } | { problem: ProblemSaid }> {
  const own = statsScopeOf(actor);
  if (own === null) return { problem: noRight("统计只对工作人员开放。请联系管理员核对您的角色。") };
  if (org === undefined) return { scope: own };
  const place = await statsPlaceOf(db, org);
  if (place === null) return { problem: unknownOrg("querystring.org", org) };
  const scope = narrowTo(own, place);
  if (scope === null) {
    return { problem: noRight("您只能看本单位和本辖区的统计。请去掉 org,或换成您自己的单位。") };
  }
  return { scope };
}
