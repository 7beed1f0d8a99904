import { isUtf8 } from "node:buffer";
import { CsvError, parse } from "csv-parse/sync";
import { fromSheetText } from "../../services/domain/sheet-text.ts";
import { headerOf, type RegistryFile } from "./files.ts";
import { type Problem, shown } from "./problem.ts";

export interface Row {
  /** where it begins in the file, from 1 */
  line: number;
  values: Record<string, string>;
}

// The longest row we expect is a grid with a surveyed boundary, far below this. An unclosed quote
// swallows rows until here.
const LONGEST_ROW_BYTES = 1_000_000;

/** Reads one file. With a problem in the encoding, the header or the quoting no rows are given. */
export function readCsv(
  file: RegistryFile,
  given: Buffer,
): { rows: Row[]; problems: Problem[]; readable: boolean } {
  const bytes = given.subarray(0, 3).equals(BYTE_ORDER_MARK) ? given.subarray(3) : given;
  const broken = brokenEncoding(file, bytes);
  if (broken !== null) return unreadable([broken]);

  const records: { line: number; fields: string[] }[] = [];
  const lines = lineCounter(bytes);
  try {
    parse(bytes, {
      record_delimiter: ["\r\n", "\n"],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW_BYTES,
      on_record: (fields: string[], context) => {
        records.push({ line: lines.startOfRecordThatEndsAt(context.bytes), fields });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadable([
      { file: file.name, line: lines.nextStart(), column: "row", what: syntaxComplaint(error) },
    ]);
  }

  const [header, ...rest] = records;
  const wrongHeader = headerProblems(file, header?.fields ?? []);
  if (wrongHeader.length > 0) return unreadable(wrongHeader);
  return { ...asRows(file, rest), readable: true };
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const unreadable = (problems: Problem[]) => ({ rows: [], problems, readable: false });

function brokenEncoding(file: RegistryFile, bytes: Buffer): Problem | null {
  if (isUtf8(bytes)) return null;
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(LINE_FEED, start);
    const stop = end === -1 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(start, stop))) break;
    start = stop;
  }
  return {
    file: file.name,
    line,
    column: "row",
    what: "is not UTF-8; perhaps the file is in GBK or UTF-16. Save it as CSV UTF-8.",
  };
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Counts lines itself: csv-parse takes the CR LF inside a quoted field for two. */
function lineCounter(bytes: Buffer) {
  let at = 0;
  let line = 1;
  const advance = (end: number) => {
    for (; at < end; at++) if (bytes[at] === LINE_FEED) line++;
  };
  const nextStart = () => {
    let start = at;
    while (bytes[start] === LINE_FEED || bytes[start] === CARRIAGE_RETURN) start++;
    advance(start);
    return line;
  };
  return {
    nextStart,
    startOfRecordThatEndsAt: (end: number) => {
      const start = nextStart();
      advance(end);
      return start;
    },
  };
}

function syntaxComplaint(error: CsvError): string {
  switch (error.code) {
    case "CSV_MAX_RECORD_SIZE":
      return "is longer than a million bytes; a quote may have been left open. Close it, or shorten the row.";
    case "CSV_QUOTE_NOT_CLOSED":
      return 'opens a quote (") that is never closed. Close it, or write "" for a quote inside a field.';
    case "INVALID_OPENING_QUOTE":
    case "CSV_INVALID_CLOSING_QUOTE":
      return 'has a quote (") in the wrong place. Put the whole field in quotes and write "" for a quote inside it.';
    default:
      return `cannot be read as CSV (${error.code}). Correct it.`;
  }
}

function headerProblems(file: RegistryFile, header: readonly string[]): Problem[] {
  const wanted = headerOf(file);
  const advice = `The header must read: ${wanted.join(",")}`;
  const problem = (column: string, what: string) => ({
    file: file.name,
    line: 1,
    column,
    what: `${what} ${advice}`,
  });
  if (header.length === 0) return [problem("header", "is missing.")];
  const problems = [
    ...wanted
      .filter((column) => !header.includes(column))
      .map((column) => problem(column, "the column is missing.")),
    ...[...new Set(header)]
      .filter((column) => !wanted.includes(column))
      .map((column) => problem("header", `${shown(column)} is no column of this file.`)),
    ...[...new Set(header.filter((column, at) => header.indexOf(column) !== at))].map((column) =>
      problem("header", `${shown(column)} occurs twice.`),
    ),
  ];
  if (problems.length === 0 && header.join() !== wanted.join())
    problems.push(problem("header", "has the columns in another order."));
  return problems;
}

function asRows(file: RegistryFile, records: readonly { line: number; fields: string[] }[]) {
  const header = headerOf(file);
  const rows: Row[] = [];
  const problems: Problem[] = [];
  for (const { line, fields } of records) {
    if (fields.length !== header.length) {
      const what = `has ${fields.length} fields, the header has ${header.length}. Look for a missing or additional comma; a field with a comma in it needs quotes.`;
      problems.push({ file: file.name, line, column: "row", what });
      continue;
    }
    const values: Record<string, string> = {};
    header.forEach((column, at) => {
      values[column] = fromSheetText(fields[at] ?? "");
    });
    rows.push({ line, values });
  }
  return { rows, problems };
}
