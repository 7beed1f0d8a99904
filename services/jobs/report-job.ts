import type { Database } from "../../db/client.ts";
import { realClock } from "../clock.ts";
import { loggableFault } from "../database-fault.ts";
import type { Log } from "../log.ts";
import type { ReportStore } from "../reports/report-store.ts";
import type { Office } from "../workflows/office.ts";
import { renderReports, retireReports } from "../workflows/render-reports.ts";
import { oneAfterAnother } from "./one-after-another.ts";
import type { Job } from "./schedule.ts";

/** Renders the reports that were asked for. */
export const reportJob = (
  database: Database,
  office: Office,
  store: ReportStore,
  log: Log,
): Job => ({
  name: "reports",
  when: "*/5 * * * * *",
  run: oneAfterAnother(() =>
    renderReports(database, office, store, realClock, (id, error, givenUp) => {
      const fault = loggableFault(error);
      if (givenUp) log.error({ fault, id }, "a report could not be made");
      else log.warn({ fault, id }, "a report could not be made and is tried again");
    }),
  ),
});

export const reportEndJob = (database: Database, office: Office, store: ReportStore): Job => ({
  name: "reports kept long enough",
  when: "43 3 * * *",
  run: () => retireReports(database, office, store),
});
