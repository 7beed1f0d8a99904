import {
  type CurvePoint,
  calibrationCurve,
  chooseThreshold,
  fitSharpness,
  type Guess,
  type HeldOut,
} from "../understanding/learned/calibrate.ts";
import { type ClassifierModel, marginsOf, sharesOf } from "../understanding/learned/classifier.ts";
import { type Example, trainClassifier } from "../understanding/learned/train-classifier.ts";
import { foldsOf } from "./folds.ts";
import { type Labelled, type LabelReport, scoreLabels } from "./label-scores.ts";

export interface Training {
  model: ClassifierModel;
  /** on texts that the scored models had not seen */
  report: LabelReport & { calibration: CurvePoint[]; threshold: number };
}

const FOLDS = 5;
/** From here on a fifth held out says enough, and five trainings would take minutes. */
const MANY = 3000;

/** A model of all examples, with the figures of models that had to do without a fifth of them. */
export function trainEvaluated(
  examples: readonly Example[],
  { seed, say }: { seed: number; say: (line: string) => void },
): Training {
  const fold = foldsOf(examples.length, FOLDS, seed);
  const scored = examples.length < MANY ? FOLDS : 1;
  const unseen: Unseen[] = [];
  for (let out = 0; out < scored; out++) {
    say(`held out: fifth ${out + 1} of ${scored}`);
    const rest = examples.filter((_, index) => fold[index] !== out);
    const model = trainClassifier(rest, { seed });
    for (const [index, { text, label }] of examples.entries())
      if (fold[index] === out) unseen.push(lookAt(model, text, label));
  }
  const sharpness = fitSharpness(unseen);
  const calibration = calibrationCurve(unseen.map((one) => guess(one, sharpness)));
  say("all of them");
  const model = trainClassifier(examples, { seed, say });
  return {
    model: { ...model, sharpness },
    report: {
      ...scoreLabels(unseen.map(({ label, guessed }): Labelled => ({ right: label, guessed }))),
      calibration,
      threshold: chooseThreshold(calibration),
    },
  };
}

interface Unseen extends HeldOut {
  label: string;
  guessed: string;
}

function lookAt(model: ClassifierModel, text: string, label: string): Unseen {
  const margins = marginsOf(model, text);
  const guessed = model.labels[margins.indexOf(Math.max(...margins))] ?? "";
  return { margins, right: model.labels.indexOf(label), label, guessed };
}

const guess = ({ margins, label, guessed }: Unseen, sharpness: number): Guess => ({
  share: Math.max(...sharesOf(margins, sharpness)),
  right: guessed === label,
});
