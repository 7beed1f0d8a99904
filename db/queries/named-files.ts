import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** Files below DATA_DIR/attachments that rows name. */
export async function namedFiles(db: Db): Promise<string[]> {
  const rows = await db.rows<{ path: string }>(sql`
    select path from attachments where state = 'stored' and path is not null
    union select path from event_photos union select path from call_photos
    union select picture_path from alarms where picture_path is not null`);
  return rows.map(({ path }) => path);
}

/**
 * Those of some files that are part of anything that is kept, of whichever district: the same bytes lie
 * once, and districts may share the folder.
 */
export async function stillNamed(db: Db, paths: readonly string[]): Promise<Set<string>> {
  const asked = sql`${sql.param([...paths])}::text[]`;
  const rows = await db.rows<{ path: string }>(sql`
    select picture_path as path from alarms where picture_path = any(${asked})
    union select path from attachments where path = any(${asked})
    union select ref from attachments where ref = any(${asked})
    union select path from event_photos where path = any(${asked})
    union select path from call_photos where path = any(${asked})`);
  return new Set(rows.map(({ path }) => path));
}
