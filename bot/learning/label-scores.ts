/** A label that was guessed beside the one that was right. */
export interface Labelled {
  right: string;
  guessed: string;
}

export interface LabelReport {
  n: number;
  macroF1: number;
  accuracy: number;
  perLabel: Record<string, { precision: number; recall: number; f1: number; n: number }>;
}

/** Macro-F1 is the mean over the labels that were right somewhere; 0–1, to four digits. */
export function scoreLabels(guesses: readonly Labelled[]): LabelReport {
  const labels = [...new Set(guesses.map(({ right }) => right))].sort();
  const scores = labels.map((label) => [label, scoreOf(label, guesses)] as const);
  const f1s = scores.map(([, { f1 }]) => f1);
  const hits = guesses.filter(({ right, guessed }) => right === guessed).length;
  return {
    n: guesses.length,
    macroF1: round(
      ratio(
        f1s.reduce((sum, f1) => sum + f1, 0),
        labels.length,
      ),
    ),
    accuracy: round(ratio(hits, guesses.length)),
    perLabel: Object.fromEntries(scores),
  };
}

function scoreOf(label: string, guesses: readonly Labelled[]) {
  const meant = guesses.filter(({ right }) => right === label);
  const said = guesses.filter(({ guessed }) => guessed === label);
  const both = meant.filter(({ guessed }) => guessed === label).length;
  return {
    precision: round(ratio(both, said.length)),
    recall: round(ratio(both, meant.length)),
    f1: round(ratio(2 * both, meant.length + said.length)),
    n: meant.length,
  };
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const round = (value: number): number => Math.round(value * 10_000) / 10_000;
