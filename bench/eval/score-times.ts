import { readFileSync } from "node:fs";
import {
  readSpokenOccurrences,
  type SpokenOccurrence,
} from "../../services/domain/occurrence/spoken-occurrences.ts";
import { DAY_MS, isoLocal } from "../../services/domain/time.ts";
import { type ExpectedSpan, readTimeCases, type TimeCase } from "../times/time-cases.ts";

/** `npm run eval -- --times FILE`: how well past times, lengths and repetitions are read; see `readTimeCases`. */
export function evaluateTimes(file: string) {
  const { all, cases } = readTimeCases(readFileSync(file, "utf8"), file);
  const wrong: { text: string; kind: string; found: string[] }[] = [];
  const byKind: Record<string, { n: number; right: number }> = {};
  for (const one of cases) {
    const found = readSpokenOccurrences(one.text, one.now).filter(
      ({ start, end }) => start < one.end && one.start < end,
    );
    const right = found.some((occurrence) => means(occurrence, one));
    byKind[one.kind] ??= { n: 0, right: 0 };
    const count = byKind[one.kind];
    if (count !== undefined) {
      count.n++;
      if (right) count.right++;
    }
    if (!right) {
      wrong.push({
        text: one.text.slice(one.start, one.end),
        kind: one.kind,
        found: found.map(told),
      });
    }
  }
  const right = cases.length - wrong.length;
  return {
    all,
    n: cases.length,
    right,
    share: cases.length === 0 ? null : Math.round((right / cases.length) * 10_000) / 10_000,
    byKind,
    wrong,
  };
}

function means(found: SpokenOccurrence, { expected, now }: TimeCase): boolean {
  switch (expected.is) {
    case "length": {
      if (found.duration === null) return false;
      const seconds = secondsOf(found.duration);
      // Months and years differ in length: half a year is 180 or 182 days.
      return seconds >= expected.least * 0.97 && seconds <= expected.most * 1.03;
    }
    case "repeated": {
      if (found.recurring === null) return false;
      const { unit, count } = found.recurring;
      return Math.abs(SECONDS[unit] * count - expected.every) < 1;
    }
    case "span":
      return expected.anyOf.some((span) => isSpan(found, span, now));
  }
}

/** Ends of days may be told with or without the last day. */
function isSpan(found: SpokenOccurrence, { from, to, match }: ExpectedSpan, now: Date): boolean {
  if (found.from === null && found.to === null) return false;
  const apart = (a: Date | null, b: Date | null) =>
    a === null || b === null
      ? a === b
        ? 0
        : Number.POSITIVE_INFINITY
      : Math.abs(a.getTime() - b.getTime());
  const begins = apart(found.from, from) <= 60_000;
  if (match === "exact") return begins && apart(found.to, to) <= DAY_MS;
  const [start, end] = [from?.getTime() ?? -1e15, to?.getTime() ?? 1e15];
  const [first, last] = [found.from?.getTime() ?? -1e15, found.to?.getTime() ?? now.getTime()];
  if (match === "inside") return first >= start - 60_000 && last <= end + 60_000;
  const play = Math.min(5 * DAY_MS, 60_000 + (end - start) / 20);
  const within = first >= start - play && last <= end + play;
  const around = first <= start + DAY_MS && last >= end - DAY_MS;
  return within || around;
}

const SECONDS = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};

const secondsOf = ({ months, minutes }: { months: number; minutes: number }): number =>
  Math.floor(months / 12) * SECONDS.year + (months % 12) * SECONDS.month + minutes * 60;

function told({ from, to, duration, recurring }: SpokenOccurrence): string {
  const moment = (at: Date | null) => (at === null ? "…" : isoLocal(at).slice(0, 16));
  if (recurring !== null) return `every ${recurring.count} ${recurring.unit}`;
  const span = from === null && to === null ? "" : `${moment(from)} – ${moment(to)} `;
  return `${span}${duration === null ? "" : `${secondsOf(duration)} s`}`.trim();
}
