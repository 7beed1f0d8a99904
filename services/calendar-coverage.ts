import chineseDays from "chinese-days";

/**
 * The last year whose statutory holidays chinese-days knows; they are announced each autumn, and a
 * newer version of the package brings them.
 *
 * @param from - a year that is known or past, such as the present one
 */
export function lastAnnouncedYear(from: number): number {
  let year = from;
  while (isAnnounced(year + 1)) year += 1;
  return isAnnounced(year) ? year : from - 1;
}

const isAnnounced = (year: number): boolean =>
  chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0;

/**
 * The last year whose holidays are known: announced, or looked after in `calendar.csv`.
 *
 * @param districtDays - dates of calendar.csv; a year with one of them counts as looked after
 */
export function lastCoveredYear(
  from: number,
  districtDays: readonly string[],
  lastKnownYear: (from: number) => number = lastAnnouncedYear,
): number {
  const own = new Set(districtDays.map((day) => Number(day.slice(0, 4))));
  let covered = lastKnownYear(from);
  while (own.has(covered + 1)) covered += 1;
  return covered;
}
