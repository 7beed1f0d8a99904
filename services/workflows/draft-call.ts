import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { appendCallStep, insertCall } from "../../db/queries/call-writes.ts";
import { type CallRecord, callOfMessage, findCall } from "../../db/queries/calls.ts";
import { nextNumber } from "../../db/queries/counters.ts";
import { allResponsibilityItems } from "../../db/queries/directory.ts";
import { type Actor, actorRef, SYSTEM } from "../domain/actor.ts";
import { missingOfDraft, shortened } from "../domain/call-actions/approval.ts";
import { isOver } from "../domain/call-actions/sent-departments.ts";
import type { CallDraft } from "../domain/call-command.ts";
import { CALL_RIGHTS } from "../domain/call-rights.ts";
import { NOWHERE } from "../domain/event.ts";
import { type Refusal, refuse } from "../domain/refusal.ts";
import { matchItems, type ResponsibilityItem } from "../domain/responsibility.ts";
import { actOnCall, type CallOutcome } from "./act-on-call.ts";
import { keepCallObligations } from "./call-surroundings.ts";
import type { Office } from "./office.ts";
import { refuseAudited } from "./refuse-audited.ts";

export type DraftOutcome =
  | { ok: true; call: CallRecord; missing: string[]; items: ResponsibilityItem[] }
  | Refusal<"callDraft">;

/** Words that make one department's matter a complex one (seed 001: 多部门会商、联合执法、综合整治). */
const COMPLEX = /联合|综合整治|会商|反复|多部门|协同|整治/;

/**
 * Drafts a call through the three gates: complex or an emergency; on the 属地管理清单; signed by the
 * street's principal. A complete draft goes for signature by itself; an emergency goes out first and is
 * signed for within two hours. Belongs to the caller's transaction.
 *
 * @param categories - slugs the words speak for, best first, for finding the item
 */
export async function draftCall(
  tx: Db,
  office: Office,
  draft: CallDraft,
  categories: readonly string[],
  actor: Actor,
  messageId: string | null,
): Promise<DraftOutcome> {
  const at = office.clock.now();
  const refusing = (
    code: "noRight" | "notComplex" | "notOnList" | "fieldRequired",
    detail?: Record<string, unknown>,
  ) =>
    refuseAudited(
      tx,
      { at, actor, subject: { type: "callTicket", no: null } },
      refuse("callDraft" as const, code, [], detail),
    );
  const { streetCode } = actor;
  const mayDraft =
    actor.power !== undefined || actor.roles.some((role) => CALL_RIGHTS.callDraft.includes(role));
  if (!mayDraft || streetCode === null) return refusing("noRight");
  if (messageId !== null) {
    const made = await callOfMessage(tx, messageId);
    const call = made === null ? null : await findCall(tx, made);
    if (call !== null) return { ok: true, call, missing: missingOfDraft(call.state), items: [] };
  }
  const emergency = draft.callType === "emergency";
  if (!emergency && draft.deptCodes.length === 1 && !COMPLEX.test(draft.cause))
    return refusing("notComplex");
  const list = await allResponsibilityItems(tx);
  const items = matchItems({ cause: draft.cause, categories, deptCodes: draft.deptCodes }, list);
  const item =
    draft.itemNo === null
      ? (items[0] ?? null)
      : (list.find((one) => one.no === draft.itemNo) ?? null);
  if (item === null && (draft.itemNo !== null || !emergency)) return refusing("notOnList");
  if (emergency && draft.deptCodes.length === 0)
    return refusing("fieldRequired", { field: "departments" });

  const no = await nextNumber(tx, "callTicket", at);
  const place = draft.place ?? NOWHERE;
  // A time that has gone by is as good as none: it is asked for.
  const reportAt = draft.reportAt !== null && isOver(draft.reportAt, at) ? null : draft.reportAt;
  await insertCall(tx, {
    no,
    status: "draft",
    callType: draft.callType,
    itemNo: item?.no ?? null,
    item,
    streetCode,
    cause: draft.cause,
    summary: shortened(draft.cause),
    place,
    wantedDepts: draft.deptCodes,
    reportAt,
    reportPlace: place,
    createdBy: actorRef(actor),
    createdAt: at,
    messageId,
  });
  await appendCallStep(tx, {
    callNo: no,
    at,
    action: "draft",
    from: null,
    to: "draft",
    actor,
    note: draft.cause,
    messageId,
  });
  await writeAudit(tx, {
    at,
    actor,
    action: "callDraft",
    subject: { type: "callTicket", no },
    outcome: "done",
  });
  const moved = emergency
    ? await sendAtOnce(tx, office, no, draft)
    : await submitIfComplete(tx, office, no, actor);
  const call = moved?.ok ? moved.call : await findCall(tx, no);
  if (call === null) throw new Error(`Call ${no} was not written.`);
  if (!moved?.ok) await keepCallObligations(tx, office, call, null);
  return { ok: true, call, missing: missingOfDraft(call.state), items };
}

async function submitIfComplete(
  tx: Db,
  office: Office,
  no: string,
  actor: Actor,
): Promise<CallOutcome | null> {
  const call = await findCall(tx, no);
  if (call === null || missingOfDraft(call.state).length > 0 || call.state.itemNo === null)
    return null;
  return actOnCall(tx, office, no, { action: "submit" }, actor, null);
}

/** 突发事件: the departments the street names are called at once, before any signature. */
function sendAtOnce(tx: Db, office: Office, no: string, draft: CallDraft): Promise<CallOutcome> {
  return actOnCall(
    tx,
    office,
    no,
    {
      action: "dispatch",
      departments: draft.deptCodes.map((deptCode) => ({ deptCode, headcount: null })),
      reportAt: null,
      reportPlace: draft.place ?? {
        raw: "见事由",
        addressCode: null,
        gridCode: null,
        lng: null,
        lat: null,
      },
      replaces: [],
      note: "突发事件,先派后补签",
    },
    SYSTEM,
    null,
  );
}
