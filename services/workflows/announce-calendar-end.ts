import type { Db } from "../../db/client.ts";
import { calendarExceptions } from "../../db/queries/directory.ts";
import { addressKey, insertOutbox } from "../../db/queries/outbox.ts";
import { lastAnnouncedYear, lastCoveredYear } from "../calendar-coverage.ts";
import { speakableFrom } from "../domain/reminder-hours.ts";
import { DAY_MS, localDay, momentOf } from "../domain/time.ts";
import type { Office } from "./office.ts";
import { openAddressBook } from "./reminder-addresses.ts";

const ANNOUNCE_DAYS = 60;
const WEEK_MS = 7 * DAY_MS;

/**
 * Tells administrators and the district's dispatchers once a week that the known holidays end within 60
 * days, so that no deadline is counted on a calendar nobody looked after.
 *
 * @returns whether the end is that near
 */
export async function announceCalendarEnd(
  tx: Db,
  office: Office,
  lastKnownYear: (from: number) => number = lastAnnouncedYear,
): Promise<boolean> {
  const now = office.clock.now();
  const days = (await calendarExceptions(tx)).map(({ date }) => date);
  const covered = lastCoveredYear(Number(localDay(now).slice(0, 4)), days, lastKnownYear);
  const end = momentOf(`${covered + 1}-01-01`, 0);
  if (end.getTime() - now.getTime() > ANNOUNCE_DAYS * DAY_MS) return false;

  const { directory, person } = await openAddressBook(tx, office);
  const keepers = directory.people.filter(({ roles }) =>
    roles.some((role) => role === "admin" || role === "districtDispatcher"),
  );
  const week = Math.floor(now.getTime() / WEEK_MS);
  await insertOutbox(
    tx,
    keepers.map(({ id }) => ({
      key: `calendarEnds:${covered}:${week}:${addressKey(person(id))}`,
      to: person(id),
      priority: "notice" as const,
      body: {
        kind: "calendarEnds",
        params: { until: `${covered}年12月31日`, year: covered + 1 },
      },
      notBefore: speakableFrom(now, { natural: false, urgent: false }, office.calendar),
      createdAt: now,
    })),
  );
  return true;
}
