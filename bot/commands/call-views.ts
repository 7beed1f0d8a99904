import { writeAudit } from "../../db/queries/audit.ts";
import { type CallRecord, callStepsOf, findCall } from "../../db/queries/calls.ts";
import { isOfficial } from "../../services/domain/actor.ts";
import { maySeeCall } from "../../services/domain/call-rights.ts";
import { itemOf } from "../../services/workflows/call-surroundings.ts";
import { orgName } from "../district.ts";
import { callForm, callHistory, callProgress, noCallOpen } from "../replies/calls.ts";
import { notYours } from "../replies/progress.ts";
import { whichEvent } from "../replies/questions.ts";
import { notFound } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";
import { openCalls } from "./call-target.ts";

/** 「查 HJ…」 for whoever may see it. */
export async function answerCallStatus(turn: Turn, no: string): Promise<TurnResult> {
  const call = await visibleCall(turn, no, "status");
  if (typeof call === "string") return onlySay(here(call));
  const item = await itemOf(turn.tx, call.state);
  return onlySay(
    here(
      callProgress(call.state, item === null ? null : `第${item.no}项`, (code) =>
        orgName(turn.district, code),
      ),
    ),
  );
}

/** 「流程 HJ…」: every step. */
export async function answerCallHistory(turn: Turn, no: string): Promise<TurnResult> {
  const call = await visibleCall(turn, no, "history");
  if (typeof call === "string") return onlySay(here(call));
  const steps = await callStepsOf(turn.tx, no);
  return onlySay(
    here(
      callHistory(
        no,
        steps,
        ({ actor }) =>
          actor.orgCode === null
            ? (actor.name ?? "系统")
            : `${orgName(turn.district, actor.orgCode)} ${actor.name ?? ""}`.trim(),
        turn.district.orgs,
      ),
    ),
  );
}

/** 「呼叫单 HJ…」: the printed form, for whoever may see the call. */
export async function answerCallForm(turn: Turn, no: string): Promise<TurnResult> {
  const call = await visibleCall(turn, no, "status");
  if (typeof call === "string") return onlySay(here(call));
  return onlySay(here(callForm(no, turn.formLink(no))));
}

/** 「导出呼叫单」: of the only call that is open, else which of them. */
export async function answerWhichForm(turn: Turn): Promise<TurnResult> {
  const calls = await openCalls(turn);
  const [only, ...others] = calls;
  if (only === undefined) return onlySay(here(noCallOpen));
  if (others.length === 0) return onlySay(here(callForm(only.row.no, turn.formLink(only.row.no))));
  const listed = calls.slice(0, 5).map(({ row }) => ({ no: row.no, summary: row.summary }));
  return onlySay(here(whichEvent(listed, "导出呼叫单")));
}

async function visibleCall(
  turn: Turn,
  no: string,
  action: "status" | "history",
): Promise<CallRecord | string> {
  const call = await findCall(turn.tx, no);
  if (call !== null && maySeeCall(turn.speaker, call.state)) return call;
  await writeAudit(turn.tx, {
    at: turn.office.clock.now(),
    actor: turn.speaker,
    action,
    subject: { type: "callTicket", no },
    outcome: "refused",
    reason: call === null ? "notFound" : "noRight",
  });
  return isOfficial(turn.speaker) && call === null ? notFound(no) : notYours(no);
}
