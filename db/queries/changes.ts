import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** A step that was written: which subject it belongs to, nothing of what it says. */
export interface Change {
  id: string;
  no: string;
}

/** Steps of events and calls whose id is greater, by id. */
export const changesAfter = (db: Db, id: string, limit: number): Promise<Change[]> =>
  db.rows<Change>(sql`
    select id, no from (
      (select id, event_no as no from event_steps
        where site = ${db.site} and id > ${id}::uuid order by id limit ${limit})
      union all
      (select id, call_no as no from call_steps
        where site = ${db.site} and id > ${id}::uuid order by id limit ${limit})
    ) steps order by id limit ${limit}`);
