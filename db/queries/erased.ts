import { type SQL, sql } from "drizzle-orm";
import { ERASED } from "../../services/domain/erased.ts";
import { ENDED_EVENTS } from "../../services/domain/event.ts";
import type { Db } from "../client.ts";
import { stillNamed } from "./named-files.ts";

const ENDED = sql.raw(`(${ENDED_EVENTS.map((status) => `'${status}'`).join(", ")})`);
/** What stands in place of the words. */
export const ERASED_SUMMARY = "(上报人已要求删除)";

/** Pictures and files of erased people that nobody needs any more. */
export const erasedFiles = (db: Db): SQL => sql`
  from attachments a where a.site = ${db.site} and a.erased and (a.state = 'stored' or a.state = 'pending')
    and (a.event_no is null or exists (select 1 from events e
      where e.site = a.site and e.no = a.event_no and e.status in ${ENDED}))`;

/** Events that ended and whose reporter was erased, with words that are still there. */
export const erasedWords = (db: Db): SQL => sql`
  from events e where e.site = ${db.site} and e.status in ${ENDED} and e.summary <> ${ERASED_SUMMARY}
    and exists (select 1 from event_reporters r where r.site = e.site and r.event_no = e.no and r.first
      and starts_with(r.platform_user_id, ${`${ERASED}:`}))`;

/** @returns how many were taken, and the files that no other row names */
export async function takeErasedFiles(
  tx: Db,
  limit: number,
): Promise<{ taken: number; gone: string[] }> {
  const taken = await tx.rows<{ id: string; path: string | null }>(sql`
    select a.id, a.path ${erasedFiles(tx)} order by a.id limit ${limit} for update`);
  if (taken.length === 0) return { taken: 0, gone: [] };
  const ids = sql.param(taken.map(({ id }) => id));
  await tx.orm.execute(sql`
    update attachments set state = 'refused', problem = 'erased', path = null, sha256 = null, ref = ''
    where site = ${tx.site} and id = any(${ids}::uuid[])`);
  const paths = [...new Set(taken.flatMap(({ path }) => path ?? []))];
  const kept = await stillNamed(tx, paths);
  return { taken: taken.length, gone: paths.filter((path) => !kept.has(path)) };
}

/** Empties the words of ended events of erased people. @returns how many events */
export async function emptyErasedWords(tx: Db, limit: number): Promise<number> {
  const emptied = await tx.rows(sql`
    update events set summary = ${ERASED_SUMMARY}, words = '', time_text = null
    where site = ${tx.site} and no in (select e.no ${erasedWords(tx)} order by e.no limit ${limit})
    returning no`);
  return emptied.length;
}
