/** A number of an event, a call ticket or an alarm, and where it stands in the normalised text. */
export interface FoundNumber {
  no: string;
  start: number;
  end: number;
}

/**
 * `SJ20261121-0087`, also `sj 20261121 0087`, `SJ2026-11-21-0087`, `SJ202611210087`, and without the
 * letters where the digits alone tell which it is: four and more are an event's, three a call's.
 */
const NUMBER =
  /(?:(SJ|HJ|GJ)[ #:_-]{0,2})?(?<!\d)(20\d{2})[-/.]?([01]\d)[-/.]?([0-3]\d)(?:( ?[-_—–~] ?| )|(?=\d))(\d{3,7})(?!\d)/gi;

export function findNumbers(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const [whole, letters, year, month, day, dash, tail] = match;
    if (year === undefined || month === undefined || day === undefined || tail === undefined)
      continue;
    // Without letters only the written form with a dash is a number of ours; the rest are phone or bank digits.
    if (letters === undefined && (dash === undefined || dash === " ")) continue;
    if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) continue;
    if (goesOnLeft(text, match.index, found.at(-1)?.end ?? 0)) continue;
    const prefix = letters?.toUpperCase() ?? (tail.length === 3 ? "HJ" : "SJ");
    const no = `${prefix}${year}${month}${day}-${tail}`;
    found.push({ no, start: match.index, end: match.index + whole.length });
  }
  return found;
}

/** The tail of `WZ-2026-11-26-0005` is no number of ours: the whole of it is somebody else's. */
const goesOnLeft = (text: string, start: number, free: number): boolean =>
  /[A-Za-z0-9][-_—–~]{0,3}$/.test(text.slice(Math.max(free, start - 4), start));
