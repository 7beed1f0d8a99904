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

/** Who should handle an event by the routing table; null where it is silent. */
export async function routeFor(
  db: Db,
  event: Pick<EventState, "category" | "streetCode">,
): Promise<Route | null> {
  return route(
    event.category,
    event.streetCode,
    await routingRulesFor(db, event.category, event.streetCode),
  );
}
