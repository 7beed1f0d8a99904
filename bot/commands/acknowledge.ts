import { acknowledgeCall } from "../../services/workflows/call-upward-acknowledge.ts";
import { UPWARD_NOT_NOTED, upwardNoted } from "../replies/calls.ts";
import { noRight, notFound } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";

/** 「已报区平台 HJ…」: brought there by hand; what else was said is the receipt (domain.md C06). */
export async function answerAcknowledged(
  turn: Turn,
  no: string,
  said: string,
): Promise<TurnResult> {
  const receipt = said.trim() === "" ? null : said.trim().slice(0, 200);
  const outcome = await acknowledgeCall(
    turn.tx,
    turn.office,
    no,
    { id: null, receipt, at: null },
    turn.speaker,
  );
  if (outcome.ok) return { ...onlySay(here(upwardNoted(no))), keepWords: true };
  if (outcome.why === "notFound") return onlySay(here(notFound(no)));
  return onlySay(here(UPWARD_NOT_NOTED[outcome.why]?.(no) ?? noRight("登记上报", no)));
}
