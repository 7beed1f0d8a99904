import type { Db } from "../../db/client.ts";
import { calendarExceptions } from "../../db/queries/directory.ts";
import { addressKey, insertOutbox } from "../../db/queries/outbox.ts";
import { lastAnnouncedYear, lastCoveredYear } from "../calendar-coverage.ts";
import { speakableFrom } from "../domain/reminder-hours.ts";
import { addDays, DAY_MS, type Day, localDay, momentOf } from "../domain/time.ts";
import type { Office } from "./office.ts";
import { openAddressBook } from "./reminder-addresses.ts";

const ANNOUNCE_DAYS = 60;

/**
 * Tells administrators and the district's dispatchers once a week that the known holidays end within 60
 * days, so that no deadline is counted on a calendar nobody looked after. The week is that in which it
 * will be said, from Monday on, Asia/Shanghai: what waits for the morning or the end of a holiday waits once.
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
  const notBefore = speakableFrom(now, { natural: false, urgent: false }, office.calendar);
  await insertOutbox(
    tx,
    keepers.map(({ id }) => ({
      key: `calendarEnds:${covered}:${mondayOf(localDay(notBefore))}:${addressKey(person(id))}`,
      to: person(id),
      priority: "notice" as const,
      body: {
        kind: "calendarEnds",
        params: { until: `${covered}年12月31日`, year: covered + 1 },
      },
      notBefore,
      createdAt: now,
    })),
  );
  return true;
}

/** The day on which the week of `day` began. */
const mondayOf = (day: Day): Day =>
  addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
