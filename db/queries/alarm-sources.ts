import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { alarmSources } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type AlarmSource = typeof alarmSources.$inferSelect;

const active = (db: Db, id: string) =>
  and(eq(alarmSources.site, db.site), eq(alarmSources.id, id), eq(alarmSources.active, true));

export async function insertAlarmSource(
  tx: Db,
  source: Pick<AlarmSource, "name" | "kinds" | "streetCode" | "gridCodes" | "secret" | "createdAt">,
): Promise<string> {
  const id = newId();
  await tx.orm.insert(alarmSources).values({ ...source, site: tx.site, id });
  return id;
}

/** A source that may tell of alarms; null where there is none, or it was revoked. */
export async function findAlarmSource(db: Db, id: string): Promise<AlarmSource | null> {
  const [source] = await db.orm.select().from(alarmSources).where(active(db, id));
  return source ?? null;
}

/** @returns whether there was such a source */
export async function rotateAlarmSecret(
  tx: Db,
  id: string,
  secret: string,
  formerUntil: Date,
): Promise<boolean> {
  const rotated = await tx.orm
    .update(alarmSources)
    .set({ formerSecret: sql`${alarmSources.secret}`, formerUntil, secret })
    .where(active(tx, id))
    .returning({ id: alarmSources.id });
  return rotated.length > 0;
}

/** @returns whether there was such a source */
export async function endAlarmSource(tx: Db, id: string): Promise<boolean> {
  const ended = await tx.orm
    .update(alarmSources)
    .set({ active: false, formerSecret: null, formerUntil: null })
    .where(active(tx, id))
    .returning({ id: alarmSources.id });
  return ended.length > 0;
}

/** What came of the alarms of a source, or of one of its devices. */
export interface AlarmTally {
  alarms: number;
  /** how often they were told, repeats among them */
  told: number;
  open: number;
  confirmed: number;
  falseAlarms: number;
  lastAt: Date | null;
}

const TALLY = {
  alarms: sql`count(a.no)::int`,
  told: sql`coalesce(sum(a.count), 0)::int`,
  open: sql`count(*) filter (where a.state = 'open')::int`,
  confirmed: sql`count(*) filter (where a.state = 'confirmed')::int`,
  falseAlarms: sql`count(*) filter (where a.state = 'falseAlarm')::int`,
} as const;

const tallyColumns = () =>
  sql`${TALLY.alarms} as alarms, ${TALLY.told} as told, ${TALLY.open} as open,
    ${TALLY.confirmed} as confirmed, ${TALLY.falseAlarms} as "falseAlarms", max(a.last_at) as "lastAt"`;

type Told<Row> = Omit<Row, "lastAt"> & { lastAt: string | Date | null };
const dated = <Row extends AlarmTally>(row: Told<Row>): Row =>
  ({ ...row, lastAt: row.lastAt === null ? null : new Date(row.lastAt) }) as Row;

/** Those that may tell, with what came of it, by name. */
export async function listAlarmSources(db: Db): Promise<(AlarmSource & AlarmTally)[]> {
  const sources = await db.orm
    .select()
    .from(alarmSources)
    .where(and(eq(alarmSources.site, db.site), eq(alarmSources.active, true)))
    .orderBy(asc(alarmSources.name), asc(alarmSources.id));
  const tallies = (
    await db.rows<Told<AlarmTally & { id: string }>>(sql`
      select s.id, ${tallyColumns()} from alarm_sources s
      left join alarms a on a.site = s.site and a.source_id = s.id
      where s.site = ${db.site} and s.active group by s.id`)
  ).map(dated);
  return sources.map((source) => {
    const tally = tallies.find(({ id }) => id === source.id);
    if (tally === undefined) throw new Error(`The source ${source.id} was not counted.`);
    return { ...source, ...tally };
  });
}

/** What came of the alarms of each of its devices, the most false ones first. */
export async function talliesOfDevices(
  db: Db,
  sourceId: string,
  limit: number,
): Promise<(AlarmTally & { device: string })[]> {
  const rows = await db.rows<Told<AlarmTally & { device: string }>>(sql`
    select a.device, ${tallyColumns()} from alarms a
    where a.site = ${db.site} and a.source_id = ${sourceId}
    group by a.device order by "falseAlarms" desc, a.device limit ${limit}`);
  return rows.map(dated);
}
