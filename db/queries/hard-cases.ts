import { sql } from "drizzle-orm";
import type { HardCase, HardCaseSign } from "../../services/domain/mandate-proposal.ts";
import type { Db } from "../client.ts";
import type { Period } from "./stats/event-rows.ts";

interface Row {
  no: string;
  category: string;
  street_code: string | null;
  signs: HardCaseSign[];
  refused_by: (string | null)[];
}

/** Events that were given back, consulted about or reported specially, and calls that a department declined. */
export async function hardCases(db: Db, { from, to }: Period): Promise<HardCase[]> {
  const within = (column: ReturnType<typeof sql>) => sql`
    ${from === null ? sql`true` : sql`${column} >= ${from.toISOString()}::timestamptz`}
    and ${to === null ? sql`true` : sql`${column} < ${to.toISOString()}::timestamptz`}`;
  const rows = await db.rows<Row>(sql`
    select e.no, e.category, e.street_code, array_agg(s.action order by s.id) as signs,
      array_agg(s.actor ->> 'orgCode' order by s.id) filter (where s.action = 'return') as refused_by
    from events e join event_steps s on s.site = e.site and s.event_no = e.no
    where e.site = ${db.site} and s.action in ('consult', 'specialReport', 'return')
      and e.status not in ('rejected', 'merged', 'withdrawn') and ${within(sql`e.created_at`)}
    group by e.no, e.category, e.street_code
    union all
    select t.no, coalesce(i.categories[1], i.name, 'other.unclear'), t.street_code,
      array_agg('decline'::text), array_agg(r.dept_code order by r.id)
    from call_tickets t
      join call_responses r on r.site = t.site and r.call_no = t.no and r.decline_reason is not null
      left join responsibility_items i on i.site = t.site and i.no = t.item_no
    where t.site = ${db.site} and ${within(sql`t.created_at`)}
    group by t.no, 2, t.street_code
    order by no`);
  return rows.map(({ no, category, street_code, signs, refused_by }) => ({
    no,
    category,
    streetCode: street_code,
    signs,
    refusedBy: (refused_by ?? []).filter((code) => code !== null),
  }));
}
