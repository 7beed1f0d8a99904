import { loadSampleDistrict } from "../../db/registry/sample-district.ts";
import { openDistrictRules } from "../../services/district-rules.ts";
import { DEFAULT_POLICY } from "../../services/domain/policy.ts";
import type { AppDeps } from "../../services/http/app.ts";
import { rulesJob } from "../../services/jobs/rules-job.ts";
import { openOffice } from "../../services/workflows/office.ts";
import { fixedClock } from "./clock.ts";
import { testDatabase } from "./database.ts";
import { type Desk, openDesk } from "./desk.ts";

/** The desk of an office whose rules follow its registry, as main.ts makes it. */
export async function openOfficeDesk(changes: Partial<AppDeps> = {}): Promise<Desk> {
  const { database } = await testDatabase();
  const clock = fixedClock("2026-11-25T09:00:00+08:00");
  await loadSampleDistrict(database, clock.now());
  const rules = await openDistrictRules(database, clock, DEFAULT_POLICY);
  const office = openOffice(clock, rules, new Set(["sandbox"]));
  const ruling = rulesJob(database, office, rules);
  // What the open deadlines are counted by is known before anything changes.
  await ruling.run();
  const desk = await openDesk(
    { office, rulesChanged: () => ruling.run() as Promise<number>, ...changes },
    database,
  );
  return {
    ...desk,
    async close() {
      await desk.close();
      await database.close();
    },
  };
}
