/** How a classifier that learnt from the district's events did on events it had not seen. */
export interface LearnedReport {
  /** events, each scored by a model that had not seen it */
  n: number;
  categories: number;
  /** the lexicon alone */
  cold: Hits;
  /** the lexicon with what was learnt */
  learned: Hits;
  /** how many points of the lexicon the whole of what was learnt is worth */
  trust: number;
  /** how often the first candidate was right, by its score */
  calibration: { from: number; to: number; right: number; n: number }[];
  /** a first candidate with a smaller score is not taken for granted */
  threshold: number;
}

/** Shares of 0–1: the settled category was the first, or one of the first three. */
export interface Hits {
  top1: number;
  top3: number;
}

/** What was learnt may be switched on: it finds no fewer settled categories than the lexicon alone. */
export const isWorthUsing = ({ cold, learned, trust }: LearnedReport): boolean =>
  trust > 0 && learned.top1 >= cold.top1;
