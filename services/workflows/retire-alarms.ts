import type { Database } from "../../db/client.ts";
import {
  deleteOldAlarmMessages,
  dropPictures,
  falsePictures,
  forgetFalseHomes,
} from "../../db/queries/alarms.ts";
import { stillNamed } from "../../db/queries/named-files.ts";
import { noteRetention } from "../../db/queries/retention-runs.ts";
import type { AttachmentStore } from "../attachment-store.ts";
import { ALARM_KINDS, ALARM_RULES } from "../domain/alarm.ts";
import { RETENTION_DAYS, type RetentionRule } from "../domain/retention.ts";
import { DAY_MS } from "../domain/time.ts";
import type { Office } from "./office.ts";

const BATCH = 500;
const HOMES = ALARM_KINDS.filter((kind) => ALARM_RULES[kind].home);

/**
 * Forgets of alarms what is no longer needed: pictures of false ones, where a false one in somebody's home
 * was, and the ids by which repeats are known. @returns how many alarms lost something
 */
export async function retireAlarms(
  database: Database,
  office: Office,
  store: Pick<AttachmentStore, "remove">,
): Promise<number> {
  const at = office.clock.now();
  const before = (rule: RetentionRule) => new Date(at.getTime() - RETENTION_DAYS[rule] * DAY_MS);
  let retired = 0;
  for (;;) {
    const taken = await retirePictures(database, before("alarmPictures"), at, store);
    retired += taken;
    if (taken < BATCH) break;
  }
  retired += await database.transaction(async (tx) => {
    const count = await forgetFalseHomes(tx, HOMES, before("falseAlarms"));
    await noteRetention(tx, { at, rule: "falseAlarms", before: before("falseAlarms"), count });
    return count;
  });
  await deleteOldAlarmMessages(database, before("alarmMessages"));
  return retired;
}

/** The row first, then the file: one that stays behind after a crash in between is named by nothing. */
async function retirePictures(
  database: Database,
  before: Date,
  at: Date,
  store: Pick<AttachmentStore, "remove">,
): Promise<number> {
  const { taken, gone } = await database.transaction(async (tx) => {
    const pictures = await falsePictures(tx, before, BATCH);
    await dropPictures(
      tx,
      pictures.map(({ no }) => no),
    );
    const rule = "alarmPictures" as const;
    await noteRetention(tx, { at, rule, before, count: pictures.length });
    const paths = [...new Set(pictures.flatMap(({ path }) => path ?? []))];
    const kept = await stillNamed(tx, paths);
    return { taken: pictures.length, gone: paths.filter((path) => !kept.has(path)) };
  });
  for (const path of gone) await store.remove(path);
  return taken;
}
