import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { countWaitingReports, insertReportFile } from "../../db/queries/report-files.ts";
import { type Actor, actorRef } from "../domain/actor.ts";
import {
  FORMATS_OF,
  LONGEST_REPORT_DAYS,
  type ReportFormat,
  type ReportKind,
} from "../domain/report-file.ts";
import { DAY_MS } from "../domain/time.ts";
import { reportScope, type ScopeRefusal } from "../reports/report-scope.ts";
import type { Office } from "./office.ts";

export interface AskedReport {
  kind: ReportKind;
  format: ReportFormat;
  from: Date;
  to: Date;
  org: string | null;
}

export type AskOutcome =
  | { ok: true; id: string }
  | { ok: false; code: ScopeRefusal | "wrongFormat" | "wrongPeriod" | "tooMany" };

/** Whoever asks again and again gets the files one after another, not a queue of hundreds. */
const MOST_WAITING = 5;

/** Writes down that somebody wants a report. Belongs to the caller's transaction. */
export async function askForReport(
  tx: Db,
  office: Office,
  asked: AskedReport,
  actor: Actor,
): Promise<AskOutcome> {
  const { kind, format, from, to } = asked;
  if (!FORMATS_OF[kind].includes(format)) return { ok: false, code: "wrongFormat" };
  if (from >= to || to.getTime() - from.getTime() > LONGEST_REPORT_DAYS * DAY_MS)
    return { ok: false, code: "wrongPeriod" };
  const at = office.clock.now();
  const scope = await reportScope(tx, actor, kind, asked.org);
  const subject = { type: "report", no: null as string | null };
  if (typeof scope === "string") {
    if (scope === "noRight")
      await writeAudit(tx, {
        at,
        actor,
        action: "askReport",
        subject,
        outcome: "refused",
        reason: kind,
      });
    return { ok: false, code: scope };
  }
  if ((await countWaitingReports(tx, actor.personId)) >= MOST_WAITING)
    return { ok: false, code: "tooMany" };
  const id = await insertReportFile(tx, {
    kind,
    format,
    from,
    to,
    orgCode: scope.orgCode,
    askedBy: actorRef(actor),
    personId: actor.personId,
    createdAt: at,
  });
  await writeAudit(tx, {
    at,
    actor,
    action: "askReport",
    subject: { ...subject, no: id },
    outcome: "done",
    reason: `${kind} ${scope.orgCode ?? "district"}`,
  });
  return { ok: true, id };
}
