import type { Duration } from "./spoken-duration.ts";
import { beforeNow, readPlainOccurrences, type SpokenOccurrence } from "./spoken-occurrences.ts";
import type { Recurrence } from "./spoken-recurrence.ts";

/** When something happens, as a resident tells it. */
export interface Occurrence {
  /** the words about it, one after the other */
  text: string;
  /** up to but without `to`; null where it was left open */
  from: Date | null;
  to: Date | null;
  duration: Duration | null;
  recurring: Recurrence | null;
}

/**
 * When a text says that something happened, how long it has lasted and how often it comes: 「上周五开始,每天凌晨施工」
 * gives the time since Friday, every day. The first of each kind counts. Null when nothing is said.
 *
 * @param text - simplified and half-width, as messages are read
 * @param now - when it was said
 */
export function readOccurrence(text: string, now: Date): Occurrence | null {
  return gathered(text, readPlainOccurrences(text, now), now);
}

/** `Occurrence.text` read again, as it is kept with an event: a length in it is always one of the trouble. */
export function rereadOccurrence(kept: string, now: Date): Occurrence | null {
  const said = readPlainOccurrences(kept, now).map((one) =>
    one.duration !== null && one.from === null && one.recurring === null
      ? { ...one, from: beforeNow(now, one.duration), to: now }
      : one,
  );
  return gathered(kept, said, now);
}

function gathered(text: string, said: readonly SpokenOccurrence[], now: Date): Occurrence | null {
  const spans = said.filter(
    ({ from, to }) => (from ?? to ?? now) <= now && (from !== null || to !== null),
  );
  // 「现在」 is said of almost everything; another time tells more.
  const span = spans.find(({ from, to }) => from?.getTime() !== to?.getTime()) ?? spans[0];
  // 「30年的老房子」: not every length is one of the trouble.
  const lasting = said.find(({ duration, from }) => duration !== null && from !== null);
  const again = said.find(({ recurring }) => recurring !== null);
  const used = said.filter((one) => one === span || one === lasting || one === again);
  if (used.length === 0) return null;
  return {
    text: used.map(({ start, end }) => text.slice(start, end).trim()).join(" "),
    from: span?.from ?? null,
    to: span?.to ?? null,
    duration: lasting?.duration ?? null,
    recurring: again?.recurring ?? null,
  };
}
