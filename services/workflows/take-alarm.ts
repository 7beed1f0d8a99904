import type { Db } from "../../db/client.ts";
import type { AlarmSource } from "../../db/queries/alarm-sources.ts";
import {
  countAlarm,
  falseAlarmsOf,
  findAlarmMessage,
  insertAlarm,
  insertAlarmMessage,
  knownAlarms,
  lockAlarms,
} from "../../db/queries/alarms.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { nextNumber } from "../../db/queries/counters.ts";
import { findGrid } from "../../db/queries/directory.ts";
import { findEvents, openEventNosOfGrid } from "../../db/queries/events.ts";
import { insertOutbox } from "../../db/queries/outbox.ts";
import type { Actor } from "../domain/actor.ts";
import {
  ALARM_KIND_NAMES,
  ALARM_RULES,
  type AlarmKind,
  type AlarmSubject,
  isUrgentAlarm,
} from "../domain/alarm.ts";
import { isWithinReach } from "../domain/alarm-reach.ts";
import { API_CHANNEL } from "../domain/api-sender.ts";
import { distanceM } from "../domain/distance.ts";
import { findDuplicate } from "../domain/duplicate.ts";
import { NOWHERE } from "../domain/event.ts";
import { repeatedAlarm } from "../domain/same-alarm.ts";
import { DAY_MS, MINUTE_MS } from "../domain/time.ts";
import { alarmAddresses } from "./alarm-addresses.ts";
import { keepAlarmDuties } from "./keep-alarm-duties.ts";
import { type AlarmPlace, locateAlarm, type ToldPlace } from "./locate-alarm.ts";
import type { Office } from "./office.ts";
import { ringOnDuty } from "./ring-on-duty.ts";

/** An alarm as its source told it, after the signature was found good. */
export interface IncomingAlarm extends ToldPlace {
  /** the id that the source gave the message */
  messageId: string;
  /** SHA-256 of its body */
  digest: string;
  kind: AlarmKind;
  device: string;
  /** when the device saw it; null: now */
  at: Date | null;
  reading: { value: number; unit: string } | null;
  /** of the scene, kept already */
  picture: { path: string; mime: string } | null;
}

export type AlarmTaken =
  /** `repeated`: this very message was taken before, and nothing was done */
  | { outcome: "raised" | "joined" | "repeated"; no: string }
  /** nothing was kept: another message had the id, the place is not known, or not this source's */
  | { outcome: "idUsed" | "placeUnknown" | "outsideReach" };

const LONGEST_WINDOW_MS =
  Math.max(...Object.values(ALARM_RULES).map(({ joinMinutes }) => joinMinutes)) * MINUTE_MS;
const FALSE_DAYS = 7;

/**
 * Takes an alarm: once by its message's id; one that only repeats another is counted there and said to
 * nobody; a new one gets a number, an owner and a limit, and is told. Belongs to the caller's transaction.
 */
export async function takeAlarm(
  tx: Db,
  office: Office,
  source: AlarmSource,
  told: IncomingAlarm,
): Promise<AlarmTaken> {
  await lockAlarms(tx);
  const before = await findAlarmMessage(tx, source.id, told.messageId);
  if (before !== null) {
    return before.digest === told.digest
      ? { outcome: "repeated", no: before.alarmNo }
      : { outcome: "idUsed" };
  }
  const now = office.clock.now();
  const known = await knownAlarms(tx, told.kind, new Date(now.getTime() - LONGEST_WINDOW_MS));
  // A storm is mostly one device, whose place was looked up with its first alarm.
  const own = known.filter((one) => one.sourceId === source.id && one.device === told.device);
  const again = repeatedAlarm(told, own, now);
  if (again !== null) return joined(again);

  const at = await locateAlarm(tx, told.device, told);
  if (at.place === null && at.position === null) return { outcome: "placeUnknown" };
  if (!isWithinReach(source, at)) return { outcome: "outsideReach" };
  const repeats = repeatedAlarm({ ...told, position: at.position }, known, now);
  if (repeats !== null) return joined(repeats);
  const no = await raise(tx, office, source, told, at);
  await noteMessage(no);
  return { outcome: "raised", no };

  async function joined(first: string): Promise<AlarmTaken> {
    await countAlarm(tx, first, now, told.picture);
    await noteMessage(first);
    return { outcome: "joined", no: first };
  }

  function noteMessage(alarmNo: string): Promise<void> {
    const { messageId, digest } = told;
    return insertAlarmMessage(tx, { sourceId: source.id, messageId, digest, alarmNo, at: now });
  }
}

async function raise(
  tx: Db,
  office: Office,
  source: AlarmSource,
  told: IncomingAlarm,
  at: AlarmPlace,
): Promise<string> {
  const now = office.clock.now();
  const no = await nextNumber(tx, "alarm", now);
  const alarm: AlarmSubject = {
    no,
    kind: told.kind,
    state: "open",
    gridCode: at.gridCode,
    streetCode: at.streetCode ?? source.streetCode,
    decidedBy: null,
  };
  const possibleEvent = await possibleEventOf(tx, office, told.kind, at);
  await insertAlarm(tx, {
    ...alarm,
    sourceId: source.id,
    device: told.device,
    place: at.place,
    lng: at.position?.lng ?? null,
    lat: at.position?.lat ?? null,
    reading: told.reading,
    firstAt: told.at ?? now,
    lastAt: now,
    picturePath: told.picture?.path ?? null,
    pictureMime: told.picture?.mime ?? null,
    possibleEvent,
  });
  await writeAudit(tx, {
    at: now,
    actor: sourceActor(source),
    action: "raiseAlarm",
    subject: { type: "alarm", no },
    outcome: "done",
  });
  await keepAlarmDuties(tx, office, alarm);
  await tellOfAlarm(tx, office, source, told, at, { ...alarm, possibleEvent });
  return no;
}

async function tellOfAlarm(
  tx: Db,
  office: Office,
  source: AlarmSource,
  told: IncomingAlarm,
  at: AlarmPlace,
  alarm: AlarmSubject & { possibleEvent: string | null },
): Promise<void> {
  const now = office.clock.now();
  const grid = at.gridCode === null ? null : await findGrid(tx, at.gridCode);
  const params = {
    no: alarm.no,
    kind: alarm.kind,
    device: at.device?.name ?? told.device,
    source: source.name,
    place: at.place,
    grid: grid?.name ?? null,
    at: (told.at ?? now).toISOString(),
    reading: told.reading,
    picture: told.picture !== null,
    possibleEvent: alarm.possibleEvent,
    falseBefore: await falseAlarmsOf(
      tx,
      { ...told, sourceId: source.id },
      new Date(now.getTime() - FALSE_DAYS * DAY_MS),
    ),
  };
  const body = { kind: "alarmRaised", params };
  const urgent = isUrgentAlarm(alarm.kind);
  await insertOutbox(
    tx,
    (await alarmAddresses(tx, office, alarm)).map((address) => ({
      key: `${alarm.no}:raised:${address.key}`,
      to: address.to,
      priority: urgent ? ("emergency" as const) : ("notice" as const),
      body,
      createdAt: now,
    })),
  );
  if (urgent && office.policy.emergencyDing)
    await ringOnDuty(tx, office, `${alarm.no}:raised`, body, alarm.streetCode);
}

/** An open event of the grid that is of the same kind, at the same place by its words or its position. */
async function possibleEventOf(
  tx: Db,
  office: Office,
  kind: AlarmKind,
  at: AlarmPlace,
): Promise<string | null> {
  const { category, home, joinM } = ALARM_RULES[kind];
  if (home || at.gridCode === null) return null;
  const since = new Date(office.clock.now().getTime() - DAY_MS * FALSE_DAYS);
  const nearby = await findEvents(tx, await openEventNosOfGrid(tx, at.gridCode, since));
  const here = at.position;
  const beside = nearby.find(
    ({ state: { category: other, place } }) =>
      other === category &&
      here !== null &&
      place.lng !== null &&
      place.lat !== null &&
      distanceM(here, { lng: place.lng, lat: place.lat }) <= joinM,
  );
  if (beside !== undefined) return beside.row.no;
  const place = { ...NOWHERE, raw: at.place, gridCode: at.gridCode };
  const { join, possible } = findDuplicate(
    { category, place, summary: ALARM_KIND_NAMES[kind] },
    nearby.map(({ state, row }) => ({ ...state, summary: row.summary, own: false })),
  );
  return join ?? possible;
}

/** A source in history and audit: a system, and so without rights. */
const sourceActor = ({ id, name }: AlarmSource): Actor => ({
  personId: null,
  name,
  orgCode: null,
  streetCode: null,
  roles: [],
  gridCodes: [],
  channel: API_CHANNEL,
  platformUserId: `alarm-source:${id}`,
});
