import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** An event that the rules and the model took for different things, and what people made of it. */
export interface Disagreement {
  no: string;
  /** masked; empty where the reporter had them deleted */
  words: string;
  /** null: no trouble at all, or none of the catalog */
  rules: string | null;
  model: string | null;
  /** as it stands now, corrections included */
  category: string;
}

/** Training candidates: the newest first. */
export const disagreements = (db: Db, since: Date, limit: number): Promise<Disagreement[]> =>
  db.rows<Disagreement & Record<string, unknown>>(sql`
    select no, words, parse->'opinions'->>'rules' as rules, parse->'opinions'->>'model' as model, category
    from events
    where site = ${db.site} and created_at >= ${since.toISOString()}::timestamptz
      and parse->'opinions' is not null
      and parse->'opinions'->>'rules' is distinct from parse->'opinions'->>'model'
    order by created_at desc, no desc limit ${limit}`);

/** Which versions of the prompt read events, the latest used first. */
export const promptVersionsUsed = (
  db: Db,
): Promise<{ version: string; events: number; first: Date; last: Date }[]> =>
  db
    .rows<{ version: string; events: number; first: string | Date; last: string | Date }>(sql`
      select parse ->> 'promptVersion' as version, count(*)::int as events,
        min(created_at) as first, max(created_at) as last
      from events where site = ${db.site} and parse ->> 'promptVersion' is not null
      group by 1 order by 4 desc limit 50`)
    .then((rows) =>
      rows.map((row) => ({ ...row, first: new Date(row.first), last: new Date(row.last) })),
    );
