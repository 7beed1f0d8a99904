import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** What the registry holds and what it lacks; active rows only. */
export interface RegistryGaps {
  people: number;
  withoutDingtalkUserId: number;
  withoutZhezhengding: number;
  grids: number;
  /** grids that no 网格员 looks after */
  gridsWithoutWorker: string[];
  categories: number;
  /** categories of level 3 and 4 that no line of routing.csv sends anywhere */
  categoriesWithoutRouting: string[];
}

export async function registryGaps(db: Db): Promise<RegistryGaps> {
  const [row] = await db.rows<Record<keyof RegistryGaps, never>>(sql`
    select
      (select count(*)::int from people where site = ${db.site} and active) as people,
      (select count(*)::int from people
        where site = ${db.site} and active and coalesce(dingtalk_user_id, '') = '')
        as "withoutDingtalkUserId",
      (select count(*)::int from people p where p.site = ${db.site} and p.active and not exists (
        select 1 from accounts a
        where a.site = p.site and a.person_id = p.id and a.active and a.channel = 'zhezhengding'))
        as "withoutZhezhengding",
      (select count(*)::int from grids where site = ${db.site} and active) as grids,
      array(select g.code from grids g
        where g.site = ${db.site} and g.active and not exists (
          select 1 from people p where p.site = g.site and p.active
            and g.code = any(p.grid_codes) and 'gridWorker' = any(p.roles))
        order by g.code) as "gridsWithoutWorker",
      (select count(*)::int from categories where site = ${db.site} and active) as categories,
      array(select c.slug from categories c
        where c.site = ${db.site} and c.active and c.level >= 3 and c.slug not like 'other.%'
          and not exists (
            select 1 from routing_rules r
            where r.site = c.site and r.active and r.category = c.slug)
        order by c.slug) as "categoriesWithoutRouting"`);
  if (row === undefined) throw new Error("The database gave no row. Try again.");
  return row;
}
