/** A cell as it is written: a number stays one, everything else is text and never a formula. */
export type Cell = string | number | null;

export interface LedgerColumn {
  title: string;
  /** in signs */
  width: number;
}

/** A table of any length, read page by page. */
export interface Ledger {
  /** the name of the sheet */
  name: string;
  columns: readonly LedgerColumn[];
  /** how many subjects there are, for the progress */
  total: number;
  pages(): AsyncIterable<{ subjects: number; rows: readonly Cell[][] }>;
}
