import type { Db } from "../../db/client.ts";
import { allCategories, findOrgs } from "../../db/queries/directory.ts";
import { type EventRecord, stepsOf } from "../../db/queries/events.ts";
import { specialReportDraft } from "./special-report.ts";

/** The draft with the names it needs from the registry. */
export async function readSpecialReport(db: Db, event: EventRecord, now: Date): Promise<string> {
  const steps = await stepsOf(db, event.row.no);
  const codes = steps.flatMap(({ actor }) => actor.orgCode ?? []);
  const { streetCode } = event.row;
  const found = await findOrgs(db, streetCode === null ? codes : [...codes, streetCode]);
  const orgs = new Map(found.map(({ code, name }) => [code, name]));
  const categories = new Map((await allCategories(db)).map(({ slug, name }) => [slug, name]));
  return specialReportDraft(
    event,
    steps,
    {
      categoryName: (slug) => categories.get(slug) ?? slug,
      orgName: (code) => orgs.get(code) ?? code,
      street: streetCode === null ? null : (orgs.get(streetCode) ?? streetCode),
    },
    now,
  );
}
