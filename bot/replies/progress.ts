import {
  EVENT_STATUS_NAMES,
  EVENT_STEP_NAMES,
  type EventStatus,
  type EventStep,
} from "../../services/domain/event.ts";
import {
  type EventLevel,
  levelName,
  URGENCY_NAMES,
  type Urgency,
} from "../../services/domain/level.ts";
import { spokenTime } from "../../services/domain/time.ts";

export interface Progress {
  no: string;
  status: EventStatus;
  category: string;
  summary: string;
  place: string | null;
  level: EventLevel;
  urgency: Urgency;
  handler: string | null;
  dueAt: Date | null;
  overdue: boolean;
  reporterCount: number;
  /** by what hotlines call it, for officials */
  orders: readonly string[];
}

/** For the people who reported it: where it stands and by when. */
export function progressForReporter(event: Progress): string {
  return [
    `${event.no} ${event.summary}:${EVENT_STATUS_NAMES[event.status]}。`,
    event.handler === null ? null : `办理:${event.handler}。`,
    duePart(event),
  ]
    .filter((line) => line !== null)
    .join("\n");
}

export function progressForOfficial(event: Progress): string {
  return [
    `${event.no} ${EVENT_STATUS_NAMES[event.status]}`,
    `${event.category} · ${levelName(event.level)} · ${URGENCY_NAMES[event.urgency]}${event.reporterCount > 1 ? ` · ${event.reporterCount}户` : ""}`,
    event.summary,
    event.place === null ? "地点:未填" : `地点:${event.place}`,
    event.handler === null ? "办理:未交办" : `办理:${event.handler}`,
    event.orders.length === 0 ? null : `热线:${event.orders.join("、")}`,
    duePart(event),
  ]
    .filter((line) => line !== null)
    .join("\n");
}

const duePart = (event: Progress): string | null =>
  event.dueAt === null ||
  ["completed", "verified", "closed", "archived", "rejected", "merged", "withdrawn"].includes(
    event.status,
  )
    ? null
    : `期限:${spokenTime(event.dueAt)}${event.overdue ? "(已超期)" : ""}`;

/** A step as whoever asks may see it; the name and words of reporters may be hidden from them. */
export interface StepSeen {
  at: Date;
  action: EventStep;
  who: string;
  note: string | null;
}

/** Every step with time and doer. */
export function history(no: string, steps: readonly StepSeen[]): string {
  const lines = steps.map(({ at, action, who, note }) => {
    const said = note === null || note === "" || action === "report" ? "" : `:${note}`;
    return `${spokenTime(at)} ${EVENT_STEP_NAMES[action]}(${who})${said}`;
  });
  return [`${no} 流程:`, ...lines].join("\n");
}

export const urgeReceived = (no: string, status: string): string =>
  `${no} 现在「${status}」,已替您催办,办理的同志会看到并答复您。`;

/** To anybody who is not concerned: neither place nor subject. */
export const notYours = (no: string): string =>
  `${no} 不是您报的,也不在您的职责范围内,看不到内容。`;
