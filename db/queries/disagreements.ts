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
