import type { Event } from "../api.ts";

/** The parts of the queue, by whose turn it is. Overdue events stand in their own part too. */
export const TABS = ["pendingAccept", "toAssign", "working", "toVerify", "overdue"] as const;
export type TabId = (typeof TABS)[number];

const STATUSES: Record<Exclude<TabId, "overdue">, readonly string[]> = {
  pendingAccept: ["pendingAccept", "draft"],
  toAssign: ["accepted", "escalated", "consulting"],
  working: ["assigned", "handling"],
  toVerify: ["completed", "verified"],
};

/** Everything that somebody still owes something for. */
export const QUEUE_STATUSES: readonly string[] = Object.values(STATUSES).flat();

const WORK_OWED = [...STATUSES.pendingAccept, ...STATUSES.toAssign, ...STATUSES.working];

/** Beyond its time: as the product said, or because the clock has gone on since. */
export const isOverdue = (event: Event, now: number): boolean =>
  event.overdue ||
  (event.dueAt !== null && Date.parse(event.dueAt) < now && WORK_OWED.includes(event.status));

export const isInTab = (event: Event, tab: TabId, now: number): boolean =>
  tab === "overdue" ? isOverdue(event, now) : STATUSES[tab].includes(event.status);

const URGENCY_RANK = { critical: 0, urgent: 1, normal: 2 } as const;

/** The most urgent first, then what is overdue, then the newest. */
export function inOrder(events: readonly Event[], now: number): Event[] {
  const ranked = events.map((event) => ({
    event,
    rank: URGENCY_RANK[event.urgency] * 2 + (isOverdue(event, now) ? 0 : 1),
  }));
  return ranked
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        (a.event.createdAt < b.event.createdAt
          ? 1
          : a.event.createdAt > b.event.createdAt
            ? -1
            : 0) ||
        (a.event.no < b.event.no ? 1 : -1),
    )
    .map(({ event }) => event);
}

/** Whether number, summary, place or category speak of the words. */
export function matches(event: Event, words: string, categoryName: string): boolean {
  const word = words.trim().toLowerCase();
  if (word === "") return true;
  return [event.no, event.summary, event.place.raw ?? "", categoryName].some((text) =>
    text.toLowerCase().includes(word),
  );
}
