/** Something in a registry file that keeps the import from happening. */
export interface Problem {
  file: string;
  /** line of the file, from 1; of a row that spans several, the first */
  line: number;
  /** a column of the header, or `row`, `header` or `file` where no single column is to blame */
  column: string;
  /** what is wrong, ending with what to do */
  what: string;
}

const MOST_LISTED = 1000;

/** One line a problem, in the order of files and lines; past a thousand only their number. */
export function problemReport(problems: readonly Problem[]): string {
  const listed = problems
    .slice(0, MOST_LISTED)
    .map(({ file, line, column, what }) => `${file}:${line} ${column}: ${what}`);
  const more = problems.length - listed.length;
  if (more > 0) listed.push(`… and ${more} more.`);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [...listed, `${count}. Nothing was imported: correct the files and import again.`].join(
    "\n",
  );
}

/** A value as a message shows it: in quotes, shortened, on one line. */
export function shown(value: string): string {
  const line = value.replace(/[\u0000-\u001f\u007f]/g, "�");
  return `"${line.length > 40 ? `${line.slice(0, 40)}…` : line}"`;
}
