import { REPORTING_KINDS, type Understanding } from "../../services/domain/understanding.ts";
import { confusions } from "./confusion.ts";
import type { LabelledMessage } from "./labelled-message.ts";

export interface Scored {
  message: LabelledMessage;
  understood: Understanding;
  ms: number;
}

/** Every measure of the contract; one without cases is null. */
export function scoreReadings(scored: readonly Scored[]) {
  const having = (has: (message: LabelledMessage) => boolean) =>
    scored.filter(({ message }) => has(message));
  const categorised = having(({ category }) => category != null);
  const placed = having(({ place }) => place != null && place !== "");
  const kinds = having(({ kind }) => kind != null);
  const urgent = having(({ urgency }) => urgency != null);
  const counted = having(({ events }) => events != null);
  const gridded = having(({ resolvedGrid }) => resolvedGrid != null);
  const silent = having(({ none }) => none === true);
  const times = scored.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    n: scored.length,
    kind: measured(kinds, () => ({
      accuracy: share(kinds, isRightKind),
      perKind: perKind(kinds),
      confusion: confusions(
        kinds,
        ({ message }) => message.kind ?? "",
        ({ understood }) => understood.kind,
        isRightKind,
      ),
    })),
    category: measured(categorised, () => ({
      top1: share(categorised, isTop1),
      top3: share(categorised, isTop3),
      confusion: confusions(
        categorised,
        ({ message }) => message.category ?? "",
        ({ understood }) => understood.items[0]?.category ?? understood.kind,
        isTop1,
      ),
    })),
    urgency: measured(urgent, () => ({
      accuracy: share(
        urgent,
        ({ message, understood }) => understood.items[0]?.urgency === message.urgency,
      ),
    })),
    place: measured(placed, () => ({
      exact: share(placed, (one) => foundPlace(one) === one.message.place),
      contains: share(placed, containsPlace),
      overlapF1: mean(placed.map(placeOverlap)),
    })),
    grid: measured(gridded, () => ({
      accuracy: share(
        gridded,
        ({ message, understood }) => understood.items[0]?.place.gridCode === message.resolvedGrid,
      ),
    })),
    events: measured(counted, () => ({
      accuracy: share(
        counted,
        ({ message, understood }) => eventsOf(understood) === message.events,
      ),
    })),
    falseEvents: measured(silent, () => ({
      rate: share(silent, ({ understood }) => eventsOf(understood) > 0),
    })),
    emergency: emergencies(
      having(({ kind, none, calm }) => kind != null || none === true || calm === true),
    ),
    calibration: calibration(categorised),
    perMessageMs: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
  };
}

const measured = <T extends object>(
  cases: readonly Scored[],
  score: () => T,
): (T & { n: number }) | null => (cases.length === 0 ? null : { ...score(), n: cases.length });

const isReporting = (understood: Understanding): boolean =>
  REPORTING_KINDS.some((kind) => kind === understood.kind);

/** What would be filed: consultations are answered instead. */
const eventsOf = (understood: Understanding): number =>
  isReporting(understood) ? understood.items.filter((item) => item.kind === "report").length : 0;

const isRightKind = ({ message, understood }: Scored): boolean =>
  understood.kind === message.kind || (message.alt ?? []).includes(understood.kind);

function perKind(cases: readonly Scored[]): Record<string, { accuracy: number; n: number }> {
  const names = [...new Set(cases.map(({ message }) => message.kind ?? ""))].sort();
  return Object.fromEntries(
    names.map((name) => {
      const ofKind = cases.filter(({ message }) => message.kind === name);
      return [name, { accuracy: share(ofKind, isRightKind), n: ofKind.length }];
    }),
  );
}

const rightCategories = ({ message }: Scored): string[] => [
  message.category ?? "",
  ...(message.alt ?? []),
];

const isTop1 = (one: Scored): boolean =>
  rightCategories(one).includes(one.understood.items[0]?.category ?? "-");

const isTop3 = (one: Scored): boolean =>
  isTop1(one) ||
  (one.understood.items[0]?.candidates ?? []).some(({ category }) =>
    rightCategories(one).includes(category),
  );

const foundPlace = ({ understood }: Scored): string => understood.items[0]?.place.raw ?? "";

function containsPlace(one: Scored): boolean {
  const found = foundPlace(one);
  const label = one.message.place ?? "";
  return found !== "" && (found.includes(label) || (label.includes(found) && found.length >= 4));
}

/** F1 of the characters shared, by their longest common run. */
function placeOverlap(one: Scored): number {
  const found = foundPlace(one);
  const label = one.message.place ?? "";
  const shared = longestCommonRun(found, label);
  return shared === 0 ? 0 : (2 * shared) / (found.length + label.length);
}

function longestCommonRun(a: string, b: string): number {
  let longest = 0;
  let above = new Array<number>(b.length + 1).fill(0);
  for (let i = 1; i <= a.length; i++) {
    const row = new Array<number>(b.length + 1).fill(0);
    for (let j = 1; j <= b.length; j++) {
      if (a[i - 1] === b[j - 1]) row[j] = (above[j - 1] ?? 0) + 1;
      longest = Math.max(longest, row[j] ?? 0);
    }
    above = row;
  }
  return longest;
}

function emergencies(cases: readonly Scored[]) {
  const meant = cases.filter(({ message }) => message.kind === "emergency");
  if (meant.length === 0) return null;
  const heard = cases.filter(({ understood }) => understood.kind === "emergency");
  const both = meant.filter(({ understood }) => understood.kind === "emergency").length;
  return {
    recall: round(both / meant.length),
    precision: heard.length === 0 ? null : round(both / heard.length),
    n: meant.length,
    missed: idsOf(meant.filter(({ understood }) => understood.kind !== "emergency")),
    falseAlarms: idsOf(heard.filter(({ message }) => message.kind !== "emergency")),
  };
}

const idsOf = (cases: readonly Scored[]): string[] =>
  cases.slice(0, 20).map(({ message }) => String(message.id ?? "?"));

/** How often the category was right, by how sure the parser was. */
function calibration(cases: readonly Scored[]) {
  return [0, 1, 2, 3, 4].flatMap((band) => {
    const inBand = cases.filter(({ understood }) => {
      const score = understood.items[0]?.candidates[0]?.score ?? 0;
      return Math.min(4, Math.floor(score * 5)) === band;
    });
    if (inBand.length === 0) return [];
    return [{ from: band / 5, to: (band + 1) / 5, right: share(inBand, isTop1), n: inBand.length }];
  });
}

const share = (cases: readonly Scored[], holds: (one: Scored) => boolean): number =>
  round(cases.filter(holds).length / cases.length);

const mean = (values: readonly number[]): number =>
  round(values.reduce((sum, value) => sum + value, 0) / values.length);

const quantile = (sorted: readonly number[], q: number): number | null => {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
  return value === undefined ? null : round(value);
};

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
