import { foldsOf } from "../../bot/learning/folds.ts";
import { trainBesideLexicon } from "../../bot/learning/train-beside-lexicon.ts";
import { buildCategoryReader } from "../../bot/understanding/categories.ts";
import type { UnderstandingDirectory } from "../../bot/understanding/directory.ts";
import { isWorthUsing } from "../../services/domain/learned-report.ts";
import type { LabelledMessage } from "./labelled-message.ts";
import { type Scored, scoreReadings } from "./score-readings.ts";

type Score = (
  messages: readonly LabelledMessage[],
  directory: UnderstandingDirectory,
) => Promise<Scored[]>;

const SEED = 1;

/**
 * What a district's own events would add: each half of the cases is read by the lexicon alone, and again
 * with a classifier trained on the other half, where that one would be switched on; else `trust` is null.
 */
export async function learnHalf(
  messages: readonly LabelledMessage[],
  directory: UnderstandingDirectory,
  score: Score,
  say: (line: string) => void,
) {
  const categorised = messages.filter(({ category }) => category != null);
  const half = foldsOf(categorised.length, 2, SEED);
  const halves = [0, 1].map((one) => categorised.filter((_, index) => half[index] === one));
  const lexicon = buildCategoryReader(directory.categories.map(({ slug }) => slug));
  const cold: Scored[] = [];
  const learned: Scored[] = [];
  const trust: (number | null)[] = [];
  for (const [at, taught] of halves.entries()) {
    const other = halves[1 - at] ?? [];
    say(`half ${at + 1}: ${taught.length} to learn from, ${other.length} to read`);
    const examples = taught.map(({ text, category }) => ({ text, label: category ?? "" }));
    const made = trainBesideLexicon(examples, lexicon, { seed: SEED, say });
    cold.push(...(await score(other, directory)));
    const kept = isWorthUsing(made.report) ? made.learned : null;
    trust.push(kept === null ? null : kept.trust);
    learned.push(...(await score(other, { ...directory, learned: kept })));
  }
  const [before, after] = [scoreReadings(cold), scoreReadings(learned)];
  return {
    n: cold.length,
    cold: before.category,
    learned: after.category,
    gain: { top1: gain("top1"), top3: gain("top3") },
    trust,
    calibration: { cold: before.calibration, learned: after.calibration },
    perMessageMs: { cold: before.perMessageMs, learned: after.perMessageMs },
  };

  function gain(what: "top1" | "top3"): number | null {
    if (before.category === null || after.category === null) return null;
    return Math.round((after.category[what] - before.category[what]) * 10_000) / 10_000;
  }
}
