import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** A group that wrote to the bot and that the registry does not know. */
export interface StrangeGroup {
  channel: string;
  conversationId: string;
  messages: number;
  first: Date;
  last: Date;
}

/**
 * Groups that wrote since a moment and stand in no active row, the latest first. What they wrote is not
 * kept; that they wrote is.
 */
export const strangeGroups = (db: Db, since: Date): Promise<StrangeGroup[]> =>
  db
    .rows<Omit<StrangeGroup, "first" | "last"> & { first: string | Date; last: string | Date }>(sql`
      select i.channel, i.message -> 'conversation' ->> 'id' as "conversationId",
        count(*)::int as messages, min(i.received_at) as first, max(i.received_at) as last
      from inbox i
      where i.site = ${db.site} and i.received_at >= ${since.toISOString()}::timestamptz
        and i.message -> 'conversation' ->> 'type' = 'group' and i.channel <> 'api'
        and not exists (select 1 from groups g where g.site = i.site and g.active
          and g.conversation_id = i.message -> 'conversation' ->> 'id'
          and (g.channel = i.channel or i.channel = 'sandbox'))
      group by 1, 2 order by 5 desc limit 100`)
    .then((rows) =>
      rows.map((row) => ({ ...row, first: new Date(row.first), last: new Date(row.last) })),
    );
