import { z } from "zod";
import type { AlarmRow } from "../../../db/queries/alarms.ts";
import type { Actor } from "../../domain/actor.ts";
import { ALARM_KIND_NAMES, ALARM_KINDS, ALARM_STATES } from "../../domain/alarm.ts";
import { mayDecideAlarm, mayKnowAlarm } from "../../domain/alarm-rights.ts";
import { ALARM_ACTIONS } from "../../domain/decide-alarm.ts";
import { isoLocal } from "../../domain/time.ts";
import { Moment, momentOrNull } from "./shared.ts";

export const AlarmResource = z
  .object({
    no: z.string(),
    kind: z.enum(ALARM_KINDS),
    kindName: z.string(),
    state: z.enum(ALARM_STATES),
    masked: z
      .boolean()
      .describe("of somebody's home: place, device and picture are not yours to see"),
    sourceId: z.string(),
    device: z.string().nullable(),
    place: z.string().nullable(),
    gridCode: z.string().nullable(),
    streetCode: z.string().nullable(),
    lng: z.number().nullable(),
    lat: z.number().nullable(),
    reading: z.object({ value: z.number(), unit: z.string() }).nullable(),
    firstAt: Moment,
    lastAt: Moment,
    count: z.number().int().describe("how often it was told"),
    picture: z.boolean(),
    possibleEvent: z.string().nullable().describe("an open event that it may be about"),
    eventNo: z.string().nullable().describe("the event it became, or was counted to"),
    decidedBy: z.string().nullable().describe("name of whoever confirmed it or called it false"),
    decidedAt: Moment.nullable(),
    reason: z.string().nullable(),
    allowed: z.array(z.enum(ALARM_ACTIONS)).describe("what you may do to it now"),
  })
  .meta({ id: "Alarm" });
export type AlarmResource = z.infer<typeof AlarmResource>;

/** An alarm as the reader may see it. */
export function alarmResource(alarm: AlarmRow, reader: Actor): AlarmResource {
  const known = mayKnowAlarm(reader, alarm);
  const forKnowing = <Value>(value: Value): Value | null => (known ? value : null);
  return {
    no: alarm.no,
    kind: alarm.kind,
    kindName: ALARM_KIND_NAMES[alarm.kind],
    state: alarm.state,
    masked: !known,
    sourceId: alarm.sourceId,
    device: forKnowing(alarm.device),
    place: forKnowing(alarm.place),
    gridCode: alarm.gridCode,
    streetCode: alarm.streetCode,
    lng: forKnowing(alarm.lng),
    lat: forKnowing(alarm.lat),
    reading: forKnowing(alarm.reading),
    firstAt: isoLocal(alarm.firstAt),
    lastAt: isoLocal(alarm.lastAt),
    count: alarm.count,
    picture: known && alarm.picturePath !== null,
    possibleEvent: alarm.possibleEvent,
    eventNo: alarm.eventNo,
    decidedBy: alarm.decidedBy?.name ?? null,
    decidedAt: momentOrNull(alarm.decidedAt),
    reason: forKnowing(alarm.reason),
    allowed: alarm.state === "open" && mayDecideAlarm(reader, alarm) ? [...ALARM_ACTIONS] : [],
  };
}
