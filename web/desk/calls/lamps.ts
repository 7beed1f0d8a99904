import type { Call } from "../api.ts";
import { words } from "./lamp-words.ts";

export type Response = Call["responses"][number];

/** How a department's lamp burns. */
export interface Lamp {
  tone: "waiting" | "answered" | "there" | "done" | "off" | "alarm";
  text: string;
  /** until when the next step is owed; null where none is */
  until: string | null;
}

/** What a department owes or did, at one glance. @param now - the product's time in ms */
export function lampOf(response: Response, now: number): Lamp {
  if (response.releasedAt !== null) return { tone: "off", text: words().released, until: null };
  if (response.status === "declined") return { tone: "alarm", text: words().declined, until: null };
  if (response.status === "completed" || response.status === "evaluated")
    return { tone: "done", text: words()[response.status], until: null };
  if (response.status === "checkedIn") {
    return { tone: "there", text: words().there, until: response.completeBy };
  }
  if (response.claim !== null) return { tone: "there", text: words().claimed, until: null };
  if (response.status === "notified") {
    return Date.parse(response.respondBy) < now
      ? { tone: "alarm", text: words().silent, until: response.respondBy }
      : { tone: "waiting", text: words().waiting, until: response.respondBy };
  }
  return Date.parse(response.arriveBy) < now
    ? { tone: "alarm", text: words().missing, until: response.arriveBy }
    : { tone: "answered", text: words().answered, until: response.arriveBy };
}

/** Lamps that still have to change, the worst first. */
export const alarms = (call: Call, now: number): number =>
  call.responses.filter((response) => lampOf(response, now).tone === "alarm").length;
