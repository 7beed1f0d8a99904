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
