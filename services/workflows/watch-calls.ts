import type { Database } from "../../db/client.ts";
import { appendCallStep, applyCallChange } from "../../db/queries/call-writes.ts";
import { callNosToWatch, findCall } from "../../db/queries/calls.ts";
import { SYSTEM } from "../domain/actor.ts";
import { readyToClose, tell } from "../domain/call-actions/decision.ts";
import { FAULT_NAMES, statusAfter } from "../domain/call-ticket.ts";
import { gatherEvidence } from "../domain/gather-evidence.ts";
import { keepCallObligations } from "./call-surroundings.ts";
import type { Office } from "./office.ts";
import { tellAboutCall } from "./tell-about-call.ts";

/**
 * Notes the evidence that time has made: no answer by the limit, nobody there an hour after it was due.
 * One transaction a call; one that fails does not hold up the others.
 *
 * @returns how many calls got new evidence
 */
export async function watchCalls(
  database: Database,
  office: Office,
  report: (no: string, error: unknown) => void,
): Promise<number> {
  let noted = 0;
  for (const no of await callNosToWatch(database, office.clock.now(), 200)) {
    try {
      noted += await watchOne(database, office, no);
    } catch (error) {
      report(no, error);
    }
  }
  return noted;
}

function watchOne(database: Database, office: Office, no: string): Promise<number> {
  return database.transaction(async (tx) => {
    const call = await findCall(tx, no, "lock");
    if (call === null) return 0;
    const at = office.clock.now();
    const changed = gatherEvidence(call.state, at);
    if (changed.length === 0) return 0;
    const next = call.state.responses.map(
      (response) =>
        changed.find(
          (one) => one.deptCode === response.deptCode && one.dispatchedAt === response.dispatchedAt,
        ) ?? response,
    );
    const to = statusAfter(call.state, next);
    await applyCallChange(tx, call, { to, patch: {}, responses: next });
    const fresh = changed.flatMap((response) =>
      response.faults
        .filter(({ recordedAt }) => recordedAt.getTime() === at.getTime())
        .map(({ fault, evidence }) => ({ dept: response.deptCode, fault, evidence })),
    );
    const stepId = await appendCallStep(tx, {
      callNo: no,
      at,
      action: "evidence",
      from: call.state.status,
      to,
      actor: SYSTEM,
      note: fresh
        .map(({ dept, fault, evidence }) => `${dept} ${FAULT_NAMES[fault]}:${evidence}`)
        .join(";"),
      messageId: null,
    });
    const after = await findCall(tx, no);
    if (after === null) throw new Error(`Call ${no} vanished while its evidence was noted.`);
    await keepCallObligations(tx, office, after, null);
    await tellAboutCall(
      tx,
      office,
      stepId,
      [
        tell("callingStreet", "evidenceNoted", after.state, { evidence: fresh }),
        tell("district", "evidenceNoted", after.state, { evidence: fresh }),
        ...readyToClose(call.state, next),
      ],
      after,
    );
    return 1;
  });
}
