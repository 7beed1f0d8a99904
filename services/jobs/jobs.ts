import type { Database } from "../../db/client.ts";
import { dropIdleReminders } from "../../db/queries/outbox.ts";
import type { Log } from "../log.ts";
import { expireDrafts } from "../workflows/expire-drafts.ts";
import type { Office } from "../workflows/office.ts";
import type { Job } from "./schedule.ts";

/** The product's timetable. */
export const jobsOf = (database: Database, office: Office, log: Log): Job[] => [
  {
    name: "drafts nobody completed",
    when: "*/10 * * * * *",
    run: () =>
      expireDrafts(database, office, (no, error) =>
        log.error({ err: error, no }, "a draft could not be handed over"),
      ),
  },
  {
    name: "reminders of fulfilled duties",
    when: "17 * * * *",
    run: () => dropIdleReminders(database),
  },
];
