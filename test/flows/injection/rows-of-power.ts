import { sql } from "drizzle-orm";
import type { Database } from "../../../db/client.ts";

/** Tables that say who may do what, where things go and what was decided: no resident's words change them. */
const UNTOUCHED = [
  "sites",
  "orgs",
  "grids",
  "people",
  "groups",
  "accounts",
  "addresses",
  "categories",
  "routing_rules",
  "responsibility_items",
  "service_items",
  "limits",
  "duty_roster",
  "deputies",
  "place_aliases",
  "policy_versions",
  "classifiers",
  "api_tokens",
  "sessions",
  "webhooks",
  "alarm_sources",
  "call_tickets",
  "call_responses",
  "call_steps",
  "links",
  "event_assignees",
  "upward_calls",
];

/** Everything of power as one text, with the events and duties that were there at first. */
export async function rowsOfPower(database: Database, events: readonly string[]): Promise<string> {
  const kept: Record<string, unknown> = {};
  for (const table of UNTOUCHED)
    kept[table] = await database.rows(
      sql`select to_jsonb(t) as row from ${sql.identifier(table)} t order by to_jsonb(t)::text`,
    );
  const nos = sql.join(
    events.map((no) => sql`${no}`),
    sql`, `,
  );
  // Joining a neighbour's report is any resident's right, and counts reporters.
  kept.events = await database.rows(
    sql`select to_jsonb(t) - 'reporter_count' as row from events t where no in (${nos}) order by no`,
  );
  kept.steps = await database.rows(
    sql`select event_no, action, "to", actor from event_steps where event_no in (${nos}) and action <> 'join' order by id`,
  );
  kept.duties = await database.rows(
    sql`select to_jsonb(t) as row from obligations t where subject_no in (${nos}) order by id`,
  );
  return JSON.stringify(kept, null, 1);
}

export interface Gained {
  no: string;
  status: string;
  level: number;
  usual: number;
  assignees: number;
  steps: string[];
  escalated: boolean;
  demands: number;
  row: string;
}

/** What became of words: events that were not there before, with the level that is usual for their category. */
export async function newEvents(database: Database, before: readonly string[]): Promise<Gained[]> {
  const rows = await database.rows<Record<string, unknown> & Gained>(sql`
    select e.no, e.status, e.level, c.level as usual, e.escalated_at is not null as escalated,
      jsonb_array_length(e.demands) as demands, to_jsonb(e)::text as row,
      (select count(*)::int from event_assignees a where a.site = e.site and a.event_no = e.no) as assignees,
      array(select action from event_steps s where s.site = e.site and s.event_no = e.no order by s.id) as steps
    from events e join categories c on c.site = e.site and c.slug = e.category order by e.no`);
  return rows.filter(({ no }) => !before.includes(no));
}

export interface Told {
  to: string;
  kind: string;
  body: string;
}

/** What was said, to whom; the newest `count` are what one message caused. */
export const told = (database: Database): Promise<Told[]> =>
  database.rows(sql`
    select coalesce(conversation_id, 'private:' || platform_user_id) as "to", body ->> 'kind' as kind,
      body::text as body from outbox order by id`);
