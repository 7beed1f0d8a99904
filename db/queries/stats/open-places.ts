import { sql } from "drizzle-orm";
import type { StatsScope } from "../../../services/domain/stats-scope.ts";
import type { Db } from "../../client.ts";
import { eventsWithin, inSet, type Period } from "./event-rows.ts";

export interface OpenPlace {
  no: string;
  lng: number;
  lat: number;
  urgent: boolean;
}

/** Open events whose place is known to the point, newest first. */
export const openPlaces = (
  db: Db,
  scope: StatsScope,
  period: Period,
  now: Date,
  most: number,
): Promise<OpenPlace[]> =>
  db.rows<OpenPlace>(sql`
    select e.no, e.lng, e.lat, e.urgency <> 'normal' as urgent from events e
    where ${eventsWithin(db, scope, period)} and ${inSet("open", now)}
      and e.lng is not null and e.lat is not null
    order by e.created_at desc, e.no desc limit ${most}`);
