import { lastAnnouncedYear, lastCoveredYear } from "../calendar-coverage.ts";
import { DAY_MS, localDay, momentOf } from "../domain/time.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

const ANNOUNCE_DAYS = 60;

/**
 * How far ahead holidays are known. Deadlines after that count Monday to Friday.
 *
 * @param districtDays - dates of calendar.csv; a year with one of them counts as looked after
 * @param lastKnownYear - of the statutory calendar
 */
export function checkCalendar(
  now: Date,
  districtDays: readonly string[],
  lastKnownYear: (from: number) => number = lastAnnouncedYear,
): Finding {
  const year = Number(localDay(now).slice(0, 4));
  const covered = lastCoveredYear(year, districtDays, lastKnownYear);

  const daysLeft = Math.floor(
    (momentOf(`${covered + 1}-01-01`, 0).getTime() - now.getTime()) / DAY_MS,
  );
  const advice = `Put the holidays and make-up working days of ${covered + 1} into calendar.csv and import it, or update chinese-days (\`npm update chinese-days\`).`;
  if (daysLeft < 0) return failed("calendar", `the holidays of ${covered + 1} are unknown`, advice);
  if (daysLeft <= ANNOUNCE_DAYS)
    return warning("calendar", `known for ${daysLeft} more days, to the end of ${covered}`, advice);
  return ok("calendar", `holidays are known to the end of ${covered}`);
}
