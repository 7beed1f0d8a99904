import type { Hits, LearnedReport } from "../../services/domain/learned-report.ts";
import type { CategoryReader, CategoryScore } from "../understanding/categories.ts";
import { shares } from "../understanding/items/shares.ts";
import {
  calibrationCurve,
  chooseThreshold,
  fitSharpness,
} from "../understanding/learned/calibrate.ts";
import { type ClassifierModel, marginsOf } from "../understanding/learned/classifier.ts";
import {
  isLearnable,
  type LearnedCategories,
  openingOf,
  withLearned,
} from "../understanding/learned/learned-categories.ts";
import { type Example, trainClassifier } from "../understanding/learned/train-classifier.ts";
import { normalise } from "../understanding/normalise.ts";
import { foldsOf } from "./folds.ts";

const FOLDS = 5;
/** A category that occurs less often is left to the lexicon. */
const FEWEST_OF_CATEGORY = 3;
const TRUSTS = [0, 1, 2, 4, 8, 16, 32];

/**
 * Learns from settled events what the lexicon does not know, and how far to trust it: as far as it makes
 * the settled categories of unseen events most probable.
 *
 * @throws Error when fewer than two categories have enough events
 */
export function trainBesideLexicon(
  examples: readonly Example[],
  lexicon: CategoryReader,
  { seed, say }: { seed: number; say: (line: string) => void },
): { learned: LearnedCategories; report: LearnedReport } {
  const events = enoughOfEach(examples).map(({ text, label }) => readEvent(text, label, lexicon));
  const fold = foldsOf(events.length, FOLDS, seed);
  const models = Array.from({ length: FOLDS }, (_, out) => {
    say(`held out: fifth ${out + 1} of ${FOLDS}`);
    return trainClassifier(opened(events.filter((_, index) => fold[index] !== out)), { seed });
  });
  const unseen = events.map((event, index) => ({ event, model: models[fold[index] ?? 0] }));
  const sharpness = fitSharpness(
    unseen.flatMap(({ event, model }) =>
      model === undefined
        ? []
        : [
            {
              margins: marginsOf(model, openingOf(event.text)),
              right: model.labels.indexOf(event.label),
            },
          ],
    ),
  );
  const readWith = (trust: number): Read[] =>
    unseen.map(({ event, model }) => readAgain(event, model, sharpness, trust));
  const tried = TRUSTS.map((trust) => ({ trust, read: readWith(trust) }));
  const best = chooseTrust(tried);
  say("all of them");
  const model = { ...trainClassifier(opened(events), { seed, say }), sharpness };
  const calibration = calibrationCurve(
    best.read.map(({ label, scores }) => {
      const [first] = shares(scores);
      return { share: first?.score ?? 0, right: first?.category === label };
    }),
  );
  return {
    learned: { model, trust: best.trust },
    report: {
      n: events.length,
      categories: model.labels.length,
      cold: hitsOf(tried[0]?.read ?? []),
      learned: hitsOf(best.read),
      trust: best.trust,
      calibration,
      threshold: chooseThreshold(calibration),
    },
  };
}

interface SettledEvent extends Example {
  scores: readonly CategoryScore[];
}
interface Read {
  label: string;
  scores: readonly CategoryScore[];
}

function enoughOfEach(examples: readonly Example[]): Example[] {
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  return examples.filter(
    ({ label }) => isLearnable(label) && (counts.get(label) ?? 0) >= FEWEST_OF_CATEGORY,
  );
}

function readEvent(words: string, label: string, lexicon: CategoryReader): SettledEvent {
  const { text } = normalise(words);
  return { text, label, scores: lexicon.read(text).scores };
}

const opened = (events: readonly SettledEvent[]): Example[] =>
  events.map(({ text, label }) => ({ text: openingOf(text), label }));

const EVERY = { has: () => true };

function readAgain(
  { text, label, scores }: SettledEvent,
  model: ClassifierModel | undefined,
  sharpness: number,
  trust: number,
): Read {
  const learned = model === undefined ? null : { model: { ...model, sharpness }, trust };
  return { label, scores: withLearned(scores, text, learned, EVERY) };
}

const LEAST_SHARE = 1e-3;

/**
 * Counting hits would follow chance, as a few hundred events differ by one or two. So: the least trust
 * that is not clearly worse, by one standard error, than the one under which the settled categories were
 * most probable.
 */
function chooseTrust<T extends { read: readonly Read[] }>(tried: readonly T[]): T {
  const all = tried.map((one) => ({ one, lost: one.read.map(surprise) }));
  const best = all.reduce((a, b) => (sum(b.lost) < sum(a.lost) ? b : a));
  const close = all.find(({ lost }) => {
    const more = lost.map((each, index) => each - (best.lost[index] ?? 0));
    return sum(more) <= Math.sqrt(sum(more.map((each) => each * each)));
  });
  return (close ?? best).one;
}

function surprise({ label, scores }: Read): number {
  const own = shares(scores).find(({ category }) => category === label)?.score ?? 0;
  return -Math.log(Math.max(own, LEAST_SHARE));
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

function hitsOf(read: readonly Read[]): Hits {
  const within = (most: number) =>
    read.filter(({ label, scores }) =>
      scores.slice(0, most).some(({ category }) => category === label),
    ).length / read.length;
  return { top1: round(within(1)), top3: round(within(3)) };
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
