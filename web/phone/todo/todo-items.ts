import type { AlarmKind } from "../../../services/domain/alarm.ts";
import { isOpenCall } from "../../../services/domain/call-ticket.ts";
import { alarmKind } from "../../look/names.ts";
import type { Call, Event, Me, Obligation } from "../api.ts";
import { fetchAlarms, fetchCalls, fetchDuties, fetchEvents } from "../api.ts";

/** One thing on the list: what is owed of which event, call or alarm, or one that is merely mine. */
export interface TodoItem {
  type: "event" | "call" | "alarm";
  no: string;
  duty: Obligation["duty"] | null;
  dueAt: string | null;
  title: string;
  place: string | null;
}

export interface Todo {
  owed: TodoItem[];
  others: TodoItem[];
}

const MOST_NAMED = 50;
const OVER: readonly Event["status"][] = ["closed", "archived", "rejected", "merged", "withdrawn"];

/** What I or my organisation owe, and what else of mine is open. */
export async function fetchTodo(me: Me): Promise<Todo> {
  const owners =
    me.personId === null ? [null] : [me.personId, me.orgCode].filter((one) => one !== null);
  const duties = distinct((await Promise.all(owners.map(fetchDuties))).flat());
  const nos = [...new Set(duties.map(({ subject }) => subject.no))].slice(0, MOST_NAMED);
  const ofEvents = nos.filter((no) => no.startsWith("SJ"));
  const ofCalls = nos.filter((no) => no.startsWith("HJ"));
  const ofAlarms = nos.filter((no) => no.startsWith("GJ"));
  const [named, called, raised, mine, open] = await Promise.all([
    ofEvents.length === 0 ? [] : fetchEvents({ no: ofEvents.join(","), limit: "100" }),
    ofCalls.length === 0 ? [] : fetchCalls({ no: ofCalls.join(","), limit: "100" }),
    ofAlarms.length === 0 ? [] : fetchAlarms({ no: ofAlarms.join(","), limit: "100" }),
    me.personId === null ? [] : fetchEvents({ mine: "true", limit: "30" }),
    fetchCalls({ limit: "30" }),
  ]);
  const items = new Map<string, TodoItem>([
    ...[...mine, ...named].map((event) => [event.no, ofEvent(event)] as const),
    ...[...open, ...called].map((call) => [call.no, ofCall(call)] as const),
    ...raised.map((alarm) => [alarm.no, ofAlarm(alarm)] as const),
  ]);
  const owed = duties.flatMap(({ subject: { no }, duty, dueAt }) => {
    const item = items.get(no);
    return item === undefined ? [] : [{ ...item, duty, dueAt }];
  });
  const others = [
    ...mine.filter(({ status }) => !OVER.includes(status)).map(ofEvent),
    ...open.filter(({ status }) => isOpenCall(status)).map(ofCall),
  ].filter(({ no }) => !nos.includes(no));
  return { owed: owed.sort(byTime), others };
}

/** A duty may be owed by me and by my organisation: it is one. */
const distinct = (duties: readonly Obligation[]): Obligation[] => [
  ...new Map(duties.map((one) => [`${one.subject.no} ${one.duty}`, one])).values(),
];

const byTime = (a: TodoItem, b: TodoItem): number =>
  Date.parse(a.dueAt ?? "") - Date.parse(b.dueAt ?? "");

const ofEvent = ({ no, summary, place }: Event): TodoItem => ({
  type: "event",
  no,
  duty: null,
  dueAt: null,
  title: summary,
  place: place.raw,
});

const ofCall = ({ no, summary, place, reportPlace }: Call): TodoItem => ({
  type: "call",
  no,
  duty: null,
  dueAt: null,
  title: summary,
  place: reportPlace.raw ?? place.raw,
});

/** Whose home it is in is told in chat, and kept on no phone. */
const ofAlarm = ({ no, kind }: { no: string; kind: AlarmKind }): TodoItem => ({
  type: "alarm",
  no,
  duty: null,
  dueAt: null,
  title: alarmKind(kind),
  place: null,
});

export type Urgency = "overdue" | "today" | "later";

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;
const dayOf = (ms: number) => Math.floor((ms + OFFSET_MS) / DAY_MS);

/** @param now - the product's time in ms */
export function urgencyOf({ dueAt }: TodoItem, now: number): Urgency {
  const due = Date.parse(dueAt ?? "");
  if (due < now) return "overdue";
  return dayOf(due) === dayOf(now) ? "today" : "later";
}
