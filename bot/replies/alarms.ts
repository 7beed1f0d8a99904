import type { AlarmRow } from "../../db/queries/alarms.ts";
import {
  ALARM_KIND_NAMES,
  ALARM_RULES,
  ALARM_STATE_NAMES,
  type AlarmKind,
  type AlarmState,
} from "../../services/domain/alarm.ts";
import { ALARM_ACTION_NAMES, type AlarmAction } from "../../services/domain/decide-alarm.ts";
import type { Refusal } from "../../services/domain/refusal.ts";
import { spokenTime } from "../../services/domain/time.ts";
import { noRight, notFound } from "./refusals.ts";

/** What a new alarm is told with; times are ISO 8601. */
interface Raised {
  no: string;
  kind: AlarmKind;
  device: string;
  place: string | null;
  grid: string | null;
  at: string;
  reading: { value: number; unit: string } | null;
  picture: boolean;
  possibleEvent: string | null;
  falseBefore: number;
}

const answers = (no: string): string =>
  `核实后请回「确认 ${no}」立件;不是的请回「误报 ${no} 原因」。`;

/** Where lives may be at stake the number to ring comes before everything else. */
const RING: Partial<Record<AlarmKind, string>> = {
  smoke: "有明火或浓烟请立即拨打 119,先让人撤离。",
  waterLevel: "有人被困请立即拨打 119 和 110,先拦住人车,不要涉水。",
  electricity: "请马上上门或打电话看望;人不舒服请立即拨打 120,进不了门请拨 110、119。",
};

function alarmRaised(p: Raised): string {
  const urgent = ALARM_RULES[p.kind].ring !== null;
  const seen = p.reading === null ? "" : `,读数 ${p.reading.value}${p.reading.unit}`;
  return [
    `${urgent ? "🚨" : ""}【告警待确认】${p.no} ${ALARM_KIND_NAMES[p.kind]}`,
    ...(RING[p.kind] === undefined ? [] : [RING[p.kind]]),
    `地点:${[p.place ?? "只有坐标", p.grid].filter((part) => part !== null).join(" · ")}`,
    `设备:${p.device},${spokenTime(new Date(p.at))}${seen}${p.picture ? ",有现场图片" : ""}`,
    ...(p.falseBefore === 0 ? [] : [`这台设备近 7 天已误报 ${p.falseBefore} 次。`]),
    ...(p.possibleEvent === null
      ? []
      : [
          `可能就是 ${p.possibleEvent}:先「查 ${p.possibleEvent}」,是的话回「确认 ${p.no} 并入 ${p.possibleEvent}」。`,
        ]),
    answers(p.no),
  ].join("\n");
}

interface Decided {
  no: string;
  alarmKind: AlarmKind;
  state: AlarmState;
  eventNo: string | null;
  reason: string | null;
  by: string | null;
}

const alarmDecided = (p: Decided): string =>
  p.state === "confirmed"
    ? `${p.no} ${ALARM_KIND_NAMES[p.alarmKind]}已由${p.by ?? "同事"}核实确认,立件 ${p.eventNo ?? ""}。有进展请看「查 ${p.eventNo ?? p.no}」。`
    : `${p.no} ${ALARM_KIND_NAMES[p.alarmKind]}已由${p.by ?? "同事"}核实为误报${p.reason === null ? "" : `:${p.reason}`}。不用再去,仍不放心请联系指挥室。`;

const alarmCounted = (p: { no: string; summary: string; alarm: string; alarmKind: AlarmKind }) =>
  `${p.no} ${p.summary}\n设备也报了同一件事(${p.alarm} ${ALARM_KIND_NAMES[p.alarmKind]},已核实)。请照常办理。`;

export const ALARM_NOTICES: Record<string, (params: Record<string, unknown>) => string> = {
  alarmRaised: (params) => alarmRaised(params as unknown as Raised),
  alarmDecided: (params) => alarmDecided(params as unknown as Decided),
  alarmCounted: (params) => alarmCounted(params as unknown as Parameters<typeof alarmCounted>[0]),
};

/** To whoever confirmed it or called it false. */
export function alarmSettled({ no, state, eventNo }: AlarmRow, into: boolean): string {
  if (state === "falseAlarm") return `${no} 已记为误报,记在这台设备名下,不立件。`;
  return into
    ? `${no} 已确认,并入 ${eventNo}。说「查 ${eventNo}」看办理情况。`
    : `${no} 已确认,立件 ${eventNo}。受理请回「受理 ${eventNo}」。`;
}

/** @param known - whether the asker may know where it is and of which device */
export function alarmStatus(alarm: AlarmRow, known: boolean, grid: string | null): string {
  const { no, kind, state, count, firstAt, lastAt, decidedBy, eventNo, reason } = alarm;
  const place = known ? (alarm.place ?? "未留地点") : "只有网格和指挥室可查";
  return [
    `${no} ${ALARM_KIND_NAMES[kind]}:${ALARM_STATE_NAMES[state]}`,
    `地点:${[place, grid].filter((part) => part !== null).join(" · ")}`,
    `${known ? `设备:${alarm.device},` : ""}${spokenTime(firstAt)}${count > 1 ? `,共 ${count} 次,最近${spokenTime(lastAt)}` : ""}`,
    state === "open"
      ? known
        ? answers(no)
        : "等指挥室核实。"
      : `${decidedBy?.name ?? "工作人员"}已核实${eventNo === null ? "" : `,事件 ${eventNo}`}${reason === null ? "" : `:${reason}`}。`,
  ].join("\n");
}

export function alarmRefused(refusal: Refusal<AlarmAction>, no: string): string {
  const name = ALARM_ACTION_NAMES[refusal.action];
  const { detail = {} } = refusal;
  switch (refusal.code) {
    case "notFound":
      return notFound(typeof detail.no === "string" ? detail.no : no);
    case "noRight":
      return noRight(name, no);
    case "reasonRequired":
      return `误报 ${no} 要写明原因,例如「误报 ${no} 是环卫车在作业」。`;
    default:
      return `${no} 已由${typeof detail.by === "string" ? detail.by : "同事"}${(ALARM_STATE_NAMES[detail.status as AlarmState] ?? "处理").replace(/^已/, "")},不用再${name}。`;
  }
}
