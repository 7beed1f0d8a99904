import type { Db } from "../../db/client.ts";
import { findDistrict, findGrid, gridStaff, routingRulesFor } from "../../db/queries/directory.ts";
import type { EventOwners } from "../domain/duties-of-event.ts";
import type { EventState } from "../domain/event.ts";
import { type Route, route } from "../domain/routing.ts";

/** Who answers for an event by its place: its street's command room, the district, its grid. */
export async function eventOwners(db: Db, event: EventState): Promise<EventOwners> {
  const district = (await findDistrict(db))?.code ?? null;
  const { gridCode } = event.place;
  const grid = gridCode === null ? null : await findGrid(db, gridCode);
  const [worker] = gridCode === null ? [] : (await gridStaff(db, gridCode)).workers;
  const commandRoom = { orgCode: event.streetCode ?? district, personId: null };
  return {
    commandRoom,
    commandCenter: { orgCode: district, personId: null },
    grid:
      grid === null ? commandRoom : { orgCode: grid.communityCode, personId: worker?.id ?? null },
  };
}

/**
 * Who should handle an event by the routing table; where that is silent, the community of its grid,
 * which looks after whatever nobody else is named for. Null when neither is known.
 */
export async function routeFor(
  db: Db,
  event: Pick<EventState, "category" | "streetCode" | "place">,
): Promise<Route | null> {
  const rules = await routingRulesFor(db, event.category, event.streetCode);
  const named = route(event.category, event.streetCode, rules);
  if (named !== null || event.place.gridCode === null) return named;
  const grid = await findGrid(db, event.place.gridCode);
  return grid === null
    ? null
    : {
        leadOrg: grid.communityCode,
        supportOrgs: [],
        because: `${event.category}: the grid's community`,
      };
}
