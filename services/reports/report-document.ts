/** A report as words and tables: what DOCX and PDF both say. */
export interface ReportDocument {
  title: string;
  /** below the title: period, scope, when it was made */
  subtitle: string;
  blocks: readonly ReportBlock[];
}

export type ReportBlock =
  | { kind: "heading"; text: string }
  | { kind: "paragraph"; text: string }
  /** smaller: definitions, sources */
  | { kind: "note"; text: string }
  | {
      kind: "table";
      head: readonly string[];
      rows: readonly (readonly string[])[];
      /** parts of the page's width, one a column */
      widths: readonly number[];
    };

export const heading = (text: string): ReportBlock => ({ kind: "heading", text });
export const paragraph = (text: string): ReportBlock => ({ kind: "paragraph", text });
export const note = (text: string): ReportBlock => ({ kind: "note", text });

/** A table, or the words instead where it would have no rows. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  none: string,
): ReportBlock => (rows.length === 0 ? paragraph(none) : { kind: "table", head, rows, widths });
