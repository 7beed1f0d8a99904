import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { residentId, type SubjectData, subjectData } from "../../db/queries/subject-data.ts";
import type { Actor } from "../domain/actor.ts";
import { maskPersonalData } from "../domain/masking.ts";
import type { Office } from "./office.ts";

/**
 * Everything that is kept of an account, for whoever it is about (PIPL article 45), and written down that
 * it was given out. What others wrote is masked; the account's own words are its own.
 *
 * @param by - the account itself, or an administrator on its behalf
 */
export async function exportSubject(
  tx: Db,
  office: Office,
  account: { channel: string; platformUserId: string },
  by: Actor,
  most = 1_000,
): Promise<SubjectData> {
  const data = await subjectData(tx, account, most);
  await writeAudit(tx, {
    at: office.clock.now(),
    actor: by,
    action: "exportSubject",
    subject: { type: "resident", no: await residentId(tx, account) },
    outcome: "done",
  });
  return {
    ...data,
    answers: data.answers.map((one) => ({ ...one, text: maskPersonalData(one.text) })),
    reports: data.reports.map((one) => ({ ...one, summary: maskPersonalData(one.summary) })),
  };
}
