import type { Database } from "../../db/client.ts";
import type { DistrictRules } from "../district-rules.ts";
import type { Office } from "../workflows/office.ts";
import { recountDeadlines } from "../workflows/recount-deadlines.ts";
import { oneAfterAnother } from "./one-after-another.ts";
import type { Job } from "./schedule.ts";

/** Reads limits, hours and calendar again, and counts anew what a changed calendar moves. */
export const rulesJob = (database: Database, office: Office, rules: DistrictRules): Job => ({
  name: "calendar and limits",
  when: "*/10 * * * * *",
  run: oneAfterAnother(async () => {
    await rules.refresh();
    return recountDeadlines(database, office, rules.calendar());
  }),
});
