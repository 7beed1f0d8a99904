import type { Database } from "../../db/client.ts";
import { realClock } from "../clock.ts";
import { loggableFault } from "../database-fault.ts";
import type { Log } from "../log.ts";
import { remindersLateSeconds, TOO_LATE_SECONDS } from "../reminders-late.ts";
import { announceCalendarEnd } from "../workflows/announce-calendar-end.ts";
import { countChangedDays } from "../workflows/count-changed-days.ts";
import { expireDrafts } from "../workflows/expire-drafts.ts";
import { makePartitions } from "../workflows/make-partitions.ts";
import type { Office } from "../workflows/office.ts";
import { sweepReminders } from "../workflows/remind.ts";
import { retireMessages } from "../workflows/retire-messages.ts";
import { retireDeliveries, retirePresses, retireSignIns } from "../workflows/retire-traces.ts";
import { sealAudit } from "../workflows/seal-audit.ts";
import { watchCalls } from "../workflows/watch-calls.ts";
import { oneAfterAnother } from "./one-after-another.ts";
import type { Job } from "./schedule.ts";

/** The product's timetable. */
export const jobsOf = (database: Database, office: Office, log: Log): Job[] => [
  {
    name: "drafts nobody completed",
    when: "*/10 * * * * *",
    run: () =>
      expireDrafts(database, office, (no, error) =>
        log.error({ fault: loggableFault(error), no }, "a draft could not be handed over"),
      ),
  },
  {
    name: "evidence in calls",
    when: "*/10 * * * * *",
    run: () =>
      watchCalls(database, office, (no, error) =>
        log.error({ fault: loggableFault(error), no }, "the evidence of a call could not be noted"),
      ),
  },
  {
    name: "reminders",
    when: "* * * * *",
    run: oneAfterAnother(() =>
      sweepReminders(database, office, {
        failed: (no, error) =>
          log.error({ fault: loggableFault(error), no }, "a duty could not be reminded of"),
        gap: (gap) => log.error({ gap }, "nobody in the registry is there to be reminded"),
      }),
    ),
  },
  {
    name: "reminders that are late",
    when: "*/5 * * * *",
    run: async () => {
      const seconds = await remindersLateSeconds(database, office.clock.now());
      if (seconds >= TOO_LATE_SECONDS) log.error({ seconds }, "reminders are late");
    },
  },
  {
    // So often that few days wait at any time: those cost readers the most.
    name: "figures of days that changed",
    when: "*/3 * * * * *",
    run: oneAfterAnother(() => countChangedDays(database)),
  },
  {
    name: "seals of the audit trail",
    when: "*/5 * * * *",
    run: oneAfterAnother(() => sealAudit(database, realClock)),
  },
  {
    name: "partitions of months to come",
    when: "13 4 * * *",
    run: () => makePartitions(database, realClock),
  },
  {
    name: "messages kept long enough",
    when: "23 3 * * *",
    run: () => retireMessages(database, office),
  },
  {
    name: "sign-ins kept long enough",
    when: "33 3 * * *",
    run: () => retireSignIns(database, office),
  },
  {
    name: "presses kept long enough",
    when: "43 3 * * *",
    run: () => retirePresses(database, office),
  },
  {
    name: "told changes kept long enough",
    when: "53 3 * * *",
    run: () => retireDeliveries(database, office),
  },
  {
    name: "end of the calendar",
    when: "0 9 * * *",
    run: () => database.transaction((tx) => announceCalendarEnd(tx, office)),
  },
];
