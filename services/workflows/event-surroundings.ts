import type { Db } from "../../db/client.ts";
import { findDistrict, findGrid, gridStaff, routingRulesFor } from "../../db/queries/directory.ts";
import { stepsOf } from "../../db/queries/events.ts";
import type { EventOwners } from "../domain/duties-of-event.ts";
import type { EventState } from "../domain/event.ts";
import { type Route, route } from "../domain/routing.ts";

/** Who answers for an event by its place: its street's command room, the district, its grid. */
export async function eventOwners(db: Db, event: EventState): Promise<EventOwners> {
  const district = (await findDistrict(db))?.code ?? null;
  const { gridCode } = event.place;
  const grid = gridCode === null ? null : await findGrid(db, gridCode);
  const workers = gridCode === null ? [] : (await gridStaff(db, gridCode)).workers;
  // Nobody verifies what they did themselves: then it falls to the community's others.
  const [worker] = workers.filter((person) =>
    event.assignees.every((assignee) => assignee.personId !== person.id),
  );
  const commandRoom = { orgCode: event.streetCode ?? district, personId: null };
  return {
    commandRoom,
    commandCenter: { orgCode: district, personId: null },
    grid:
      grid === null ? commandRoom : { orgCode: grid.communityCode, personId: worker?.id ?? null },
  };
}

/** The street that a place lies in; null where it names no known grid. */
export async function streetOf(db: Db, gridCode: string | null): Promise<string | null> {
  return gridCode === null ? null : ((await findGrid(db, gridCode))?.streetCode ?? null);
}

/** Since when an event is being consulted about; null while it is not. */
export async function consultedSince(
  db: Db,
  event: Pick<EventState, "no" | "status">,
): Promise<Date | null> {
  if (event.status !== "consulting") return null;
  const steps = await stepsOf(db, event.no);
  return steps.findLast((step) => step.action === "consult")?.at ?? null;
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
