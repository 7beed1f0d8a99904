import type { Call } from "../api.ts";

export type Response = Call["responses"][number];

/** How a department's lamp burns. */
export interface Lamp {
  tone: "waiting" | "answered" | "there" | "done" | "off" | "alarm";
  text: string;
  /** until when the next step is owed; null where none is */
  until: string | null;
}

const GONE = ["evaluated", "completed"];

/** What a department owes or did, at one glance. @param now - the product's time in ms */
export function lampOf(response: Response, now: number): Lamp {
  if (response.releasedAt !== null) return { tone: "off", text: "不用到场", until: null };
  if (response.status === "declined") return { tone: "alarm", text: "不响应", until: null };
  if (GONE.includes(response.status))
    return { tone: "done", text: response.statusName, until: null };
  if (response.status === "checkedIn") {
    return { tone: "there", text: "已到场", until: response.completeBy };
  }
  if (response.claim !== null) return { tone: "there", text: "到场待确认", until: null };
  if (response.status === "notified") {
    return Date.parse(response.respondBy) < now
      ? { tone: "alarm", text: "超时未响应", until: response.respondBy }
      : { tone: "waiting", text: "待响应", until: response.respondBy };
  }
  return Date.parse(response.arriveBy) < now
    ? { tone: "alarm", text: "该到未到", until: response.arriveBy }
    : { tone: "answered", text: "已响应", until: response.arriveBy };
}

/** Lamps that still have to change, the worst first. */
export const alarms = (call: Call, now: number): number =>
  call.responses.filter((response) => lampOf(response, now).tone === "alarm").length;
