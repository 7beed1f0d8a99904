import type { View } from "./api.ts";
import type { Position } from "./position.ts";
import { words } from "./words.ts";

/** How something is said: good news, something that waits, bad news. */
export interface Said {
  tone: "good" | "wait" | "bad";
  text: string;
}

/** `11月29日 17:30`, in China wherever the phone thinks it is. */
export function spoken(iso: string): string {
  const local = new Date(Date.parse(iso) + 8 * 3_600_000);
  const pad = (n: number) => String(n).padStart(2, "0");
  const clock = `${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}`;
  return words.time(local.getUTCMonth() + 1, local.getUTCDate(), clock);
}

export const reportTime = (view: View): string =>
  view.emergency
    ? words.emergencyBy(spoken(view.arriveBy))
    : spoken(view.reportAt ?? view.arriveBy);

export const department = (view: View): string =>
  view.headcount === null ? view.deptName : words.asked(view.deptName, view.headcount);

/** What the server made of it; null while nothing was told yet. */
export function stateSaid(view: View): Said | null {
  const { arrival, no, radiusM } = view;
  const at = arrival === null ? "" : spoken(arrival.at);
  const people = arrival?.headcount == null ? "" : words.people(arrival.headcount);
  const isLate = arrival?.late === true;
  switch (view.state) {
    case "counted":
      return {
        tone: isLate ? "wait" : "good",
        text: [
          words.counted(at),
          isLate ? words.late : words.onTime,
          people,
          arrival?.distanceM == null ? "" : words.off(arrival.distanceM),
          words.whenDone(no),
        ].join(""),
      };
    case "claimed":
      return { tone: "wait", text: words.claimed(at, people, radiusM) };
    case "expired":
      return { tone: "bad", text: words.expired(no) };
    case "released":
      return { tone: "good", text: words.released };
    case "over":
      return { tone: "good", text: words.over };
    case "open":
      return null;
  }
}

/** Why an arrival without a good position waits for the street, and what would help. */
export function positionSaid(position: Position, view: View): string | null {
  if (!position.known) return words.withoutPosition[position.why];
  return position.accuracyM > view.worstAccuracyM
    ? words.rough(Math.round(position.accuracyM))
    : null;
}

export const bad = (text: string): Said => ({ tone: "bad", text });
export const keptSaid = (at: string): Said => ({ tone: "wait", text: words.kept(spoken(at)) });
