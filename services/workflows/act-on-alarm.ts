import type { Db } from "../../db/client.ts";
import { type AlarmRow, findAlarm, settleAlarm } from "../../db/queries/alarms.ts";
import { insertStoredPicture } from "../../db/queries/attachments.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { findCategory } from "../../db/queries/directory.ts";
import { appendStep } from "../../db/queries/event-writes.ts";
import { type EventRecord, findEvent } from "../../db/queries/events.ts";
import { addressKey, insertOutbox } from "../../db/queries/outbox.ts";
import { type Actor, actorRef } from "../domain/actor.ts";
import { ALARM_KIND_NAMES, ALARM_RULES, isUrgentAlarm } from "../domain/alarm.ts";
import { senderOfAlarm } from "../domain/alarm-sender.ts";
import { API_CHANNEL } from "../domain/api-sender.ts";
import { type AlarmAction, type AlarmCommand, decideAlarm } from "../domain/decide-alarm.ts";
import { withoutDoor } from "../domain/doors.ts";
import { isOpenEvent } from "../domain/event.ts";
import { tell, workers } from "../domain/event-actions/decision.ts";
import { maskPersonalData } from "../domain/masking.ts";
import { type Refusal, refuse } from "../domain/refusal.ts";
import { hasEventRight } from "../domain/rights.ts";
import { alarmAddresses } from "./alarm-addresses.ts";
import { keepAlarmDuties } from "./keep-alarm-duties.ts";
import { livingChannel, type Office } from "./office.ts";
import { refuseAudited } from "./refuse-audited.ts";
import { reportEvent } from "./report-event.ts";
import { tellPeople } from "./tell.ts";

export type AlarmOutcome = { ok: true; alarm: AlarmRow } | Refusal<AlarmAction>;

/**
 * A person confirms an alarm, which makes it an event or counts it to one, or calls it false. The first
 * one settles it. Belongs to the caller's transaction.
 */
export async function actOnAlarm(
  tx: Db,
  office: Office,
  no: string,
  said: AlarmCommand,
  actor: Actor,
): Promise<AlarmOutcome> {
  const at = office.clock.now();
  const entry = { at, actor, subject: { type: "alarm", no } };
  const before = await findAlarm(tx, no, "lock");
  if (before === null) return refuseAudited(tx, entry, refuse(said.action, "notFound", [], { no }));
  const decision = decideAlarm(before, said, actor);
  if (!decision.ok) return refuseAudited(tx, entry, decision);

  const reason = decision.reason === null ? null : maskPersonalData(decision.reason);
  let eventNo: string | null = null;
  if (said.action === "confirmAlarm") {
    const event =
      said.into === undefined
        ? await makeEvent(tx, office, before, actor, reason)
        : await countToEvent(tx, office, before, said.into, actor, reason);
    if (event === null)
      return refuseAudited(tx, entry, refuse(said.action, "notFound", [], { no: said.into }));
    eventNo = event.row.no;
    await handOverPicture(tx, before, eventNo, at);
  }
  const decided = {
    state: decision.to,
    decidedBy: actorRef(actor),
    decidedAt: at,
    reason,
    eventNo,
  };
  await settleAlarm(tx, no, decided);
  await writeAudit(tx, { ...entry, action: said.action, outcome: "done" });
  const after = { ...before, ...decided };
  await keepAlarmDuties(tx, office, after);
  await tellOthers(tx, office, after, actor);
  return { ok: true, alarm: after };
}

/**
 * The event of a confirmed alarm. The alarm reports it, nobody of flesh and blood: whoever confirmed it
 * only looked, and may accept and handle it (报处分离 keeps a reporter from handling). Of what happened in
 * a home it names the building, not the door; the rest stays with the alarm, for those who may read it.
 */
async function makeEvent(
  tx: Db,
  office: Office,
  alarm: AlarmRow,
  actor: Actor,
  note: string | null,
): Promise<EventRecord> {
  const rule = ALARM_RULES[alarm.kind];
  const category = await findCategory(tx, rule.category);
  const name = ALARM_KIND_NAMES[alarm.kind];
  const place = rule.home && alarm.place !== null ? withoutDoor(alarm.place) : alarm.place;
  const device = deviceActor(alarm);
  const event = await reportEvent(
    tx,
    office,
    {
      kind: "report",
      category: rule.category,
      platform: category?.platform ?? null,
      level: category?.level ?? 3,
      urgency: rule.urgency ?? category?.urgency ?? "normal",
      summary: rule.home ? `${name},请上门查看` : name,
      words: rule.home
        ? `${alarm.no} ${name}。门牌只有网格和指挥室可查:「查 ${alarm.no}」。`
        : `${alarm.no} ${name}(设备 ${alarm.device})`,
      place: {
        raw: place,
        addressCode: null,
        gridCode: alarm.gridCode,
        lng: rule.home ? null : alarm.lng,
        lat: rule.home ? null : alarm.lat,
      },
      groupGridCode: null,
      timeText: null,
      people: null,
      missing: [],
      confidential: false,
      emergency: false,
      source: rule.source,
      parse: {
        by: "person",
        promptVersion: null,
        confidence: 1,
        candidates: [],
        ...(alarm.possibleEvent === null ? {} : { possibleDuplicate: alarm.possibleEvent }),
      },
    },
    {
      actor: device,
      channel: API_CHANNEL,
      platformUserId: senderOfAlarm(alarm.no),
      conversation: { id: `private:${senderOfAlarm(alarm.no)}`, type: "private" },
      reply: null,
      message: null,
    },
  );
  await noteConfirmation(tx, office, event, alarm, actor, note);
  return event;
}

/** Counts the alarm to an event that is there already; null where it is none of the actor's. */
async function countToEvent(
  tx: Db,
  office: Office,
  alarm: AlarmRow,
  into: string,
  actor: Actor,
  note: string | null,
): Promise<EventRecord | null> {
  const event = await findEvent(tx, into, "lock");
  if (event === null || !isOpenEvent(event.state.status)) return null;
  if (!hasEventRight(actor, "supplement", event.state)) return null;
  await noteConfirmation(tx, office, event, alarm, actor, note);
  const { state } = event;
  const told = tell(workers(state), "alarmCounted", state, {
    alarm: alarm.no,
    alarmKind: alarm.kind,
  });
  await tellPeople(tx, office, alarm.no, [told], null, event);
  return event;
}

/** The history names the alarm, and who looked. */
async function noteConfirmation(
  tx: Db,
  office: Office,
  { state }: EventRecord,
  alarm: AlarmRow,
  actor: Actor,
  note: string | null,
): Promise<void> {
  await appendStep(tx, {
    eventNo: state.no,
    at: office.clock.now(),
    action: "supplement",
    from: state.status,
    to: state.status,
    actor,
    note: `告警 ${alarm.no}(${ALARM_KIND_NAMES[alarm.kind]})已核实确认${note === null ? "" : `:${note}`}`,
    messageId: null,
  });
}

/** What the device saw belongs to the event from now on; of a home nothing is handed on. */
async function handOverPicture(tx: Db, alarm: AlarmRow, eventNo: string, at: Date): Promise<void> {
  const { picturePath: path, pictureMime: mime } = alarm;
  if (path === null || mime === null || ALARM_RULES[alarm.kind].home) return;
  await insertStoredPicture(tx, { eventNo, channel: API_CHANNEL, path, mime, createdAt: at });
}

/** Where lives may be at stake, whoever was called too need not go any more, or knows who does. */
async function tellOthers(tx: Db, office: Office, alarm: AlarmRow, actor: Actor): Promise<void> {
  if (!isUrgentAlarm(alarm.kind)) return;
  const channel = actor.channel === null ? null : livingChannel(office, actor.channel);
  const own =
    channel === null || actor.platformUserId === null
      ? null
      : addressKey({ channel, conversationId: null, platformUserId: actor.platformUserId });
  const { no, state, eventNo, reason } = alarm;
  const params = { no, alarmKind: alarm.kind, state, eventNo, reason, by: actor.name };
  await insertOutbox(
    tx,
    (await alarmAddresses(tx, office, alarm))
      .filter(({ key }) => key !== own)
      .map((address) => ({
        key: `${no}:decided:${address.key}`,
        to: address.to,
        priority: "notice" as const,
        body: { kind: "alarmDecided", params },
        createdAt: office.clock.now(),
      })),
  );
}

const deviceActor = (alarm: AlarmRow): Actor => ({
  personId: null,
  name: ALARM_RULES[alarm.kind].home ? "设备" : `设备 ${alarm.device}`,
  orgCode: null,
  streetCode: alarm.streetCode,
  roles: [],
  gridCodes: [],
  channel: API_CHANNEL,
  platformUserId: senderOfAlarm(alarm.no),
});
