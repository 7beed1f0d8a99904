import type { Db } from "../../db/client.ts";
import { addressKey, insertOutbox } from "../../db/queries/outbox.ts";
import type { ReminderGap } from "../domain/reminder-directory.ts";
import { speakableFrom } from "../domain/reminder-hours.ts";
import { localDay } from "../domain/time.ts";
import type { Office } from "./office.ts";
import type { AddressBook } from "./reminder-addresses.ts";

const DAYTIME = { natural: false, urgent: false };

/**
 * Tells whoever keeps the registry that nobody is there to hear of a duty: administrators and the
 * district's dispatchers, once a year for each gap, however often it is met.
 */
export async function tellGaps(
  tx: Db,
  office: Office,
  { directory, person }: AddressBook,
  gaps: readonly ReminderGap[],
  now: Date,
): Promise<void> {
  const keepers = directory.people.filter(({ roles }) =>
    roles.some((role) => role === "admin" || role === "districtDispatcher"),
  );
  const year = localDay(now).slice(0, 4);
  await insertOutbox(
    tx,
    gaps.flatMap(({ missing, orgCode }) =>
      keepers.map(({ id }) => ({
        key: `reminderGap:${year}:${missing}:${orgCode}:${addressKey(person(id))}`,
        to: person(id),
        priority: "notice" as const,
        body: {
          kind: "reminderGap",
          params: { missing, org: directory.orgs.get(orgCode ?? "")?.name ?? orgCode },
        },
        notBefore: speakableFrom(now, DAYTIME, office.calendar),
        createdAt: now,
      })),
    ),
  );
}
