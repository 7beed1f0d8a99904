import { sql } from "drizzle-orm";
import type { Db } from "../../client.ts";
import { eventDayChanges } from "../../schema/index.ts";
import { newId } from "../ids.ts";
import { DAY_OF_CREATION } from "./event-rows.ts";

/**
 * The kept counts of the day this event was created no longer hold. Belongs into the transaction of every
 * change that figures count: of the event itself, its holders, its ratings. A mark is a row of its own, so
 * writers never wait for each other.
 */
export async function markDayOf(tx: Db, eventNo: string): Promise<void> {
  await tx.orm
    .insert(eventDayChanges)
    .select(
      sql`select site, ${newId()}::uuid, ${DAY_OF_CREATION} from events e where site = ${tx.site} and no = ${eventNo}`,
    );
}

/** Everything is counted anew: for events that were written by another road than the product's own. */
export async function markEveryDay(tx: Db): Promise<void> {
  await tx.rows(sql`
    insert into event_day_changes (site, id, day)
    select distinct site, gen_random_uuid(), day
    from (select distinct site, ${DAY_OF_CREATION} as day from events e where site = ${tx.site}) days`);
}
