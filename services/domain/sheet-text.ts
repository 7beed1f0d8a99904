/**
 * Where a spreadsheet begins to calculate: `=`, `+`, `-` or `@` in any of their widths, after blanks and
 * signs that cannot be seen; and what would end a cell. An apostrophe before it counts too, so that
 * `fromSheetText` gives back whatever was written.
 */
const BEGINS_FORMULA =
  /^'*(?:[\t\r\n]|[\s\u0000-\u001f\u200b-\u200f\u2060]*[=+\-@＝＋－＠﹦﹢﹣﹫])/;

/** A text as a cell of a CSV file: with an apostrophe before what would be calculated. Numbers are none of this. */
export const asSheetText = (text: string): string =>
  BEGINS_FORMULA.test(text) ? `'${text}` : text;

/** The text behind a cell: without the apostrophe that `asSheetText`, or a spreadsheet, put before it. */
export const fromSheetText = (cell: string): string =>
  cell.startsWith("'") && BEGINS_FORMULA.test(cell) ? cell.slice(1) : cell;
