import { findEvent, findEvents } from "../../db/queries/events.ts";
import { insertPatrolLog } from "../../db/queries/patrol-logs.ts";
import { openEventNosOfOrg } from "../../db/queries/work-lists.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { hasEventRight } from "../../services/domain/rights.ts";
import { actOnEvent } from "../../services/workflows/act-on-event.ts";
import { announce } from "../../services/workflows/report-event.ts";
import { patrolLogged } from "../replies/general.ts";
import { completeLikeThis, filedInstead, selfHandled } from "../replies/handling.ts";
import { noRight, refusalText } from "../replies/refusals.ts";
import { here, onlySay, silence, type Turn, type TurnResult } from "../turn.ts";
import { meantEvents } from "./meant-events.ts";
import { fileItem } from "./report.ts";

/** What grid workers say of their own work: patrols and small things done at once. */

const isGridStaff = (turn: Turn): boolean =>
  turn.speaker.roles.some((role) => role === "gridWorker" || role === "gridLeader");

/** 「上午巡查 走访独居老人6户」: counted, without anybody's name. */
export async function answerPatrol(turn: Turn): Promise<TurnResult> {
  const { personId } = turn.speaker;
  if (!isGridStaff(turn) || personId === null) return onlySay(here(noRight("登记巡查", null)));
  const counts = turn.understanding.patrolCounts;
  await insertPatrolLog(turn.tx, {
    personId,
    gridCode: turn.speaker.gridCodes[0] ?? null,
    at: turn.office.clock.now(),
    counts,
    messageId: turn.messageId,
  });
  return { answers: [here(patrolLogged(counts))], eventNos: [], keepWords: true };
}

/** 「柳岸5幢楼道纸箱已清掉[图]」: a level-1 event, handled by who reports it, verified by somebody else. */
export async function answerSelfHandled(turn: Turn): Promise<TurnResult> {
  const [item] = turn.understanding.items;
  if (item === undefined) return silence;
  if (!isGridStaff(turn)) return onlySay(here(await howToComplete(turn)));
  const made = await fileItem(turn, { ...item, level: 1, missing: [] }, 0, true);
  if (made.no === null) return onlySay(here(made.said ?? ""));
  const note = maskPersonalData(turn.message.text);
  const outcome = await actOnEvent(
    turn.tx,
    turn.office,
    made.no,
    { action: "selfHandle", note },
    turn.speaker,
    turn.messageId,
  );
  if (outcome.ok)
    return { answers: [here(selfHandled(made.no))], eventNos: [made.no], keepWords: true };
  // What could not be dealt with at once is an event like any other.
  const event = made.receipt === null ? null : await findEvent(turn.tx, made.no);
  if (event !== null) await announce(turn.tx, turn.office, event, false);
  const text =
    event === null ? refusalText(outcome, made.no) : filedInstead(made.no, event.row.placeRaw);
  return { answers: [here(text)], eventNos: [made.no], keepWords: true };
}

/** Whoever handles an event says 「已经换好了」 and means that it is done, which takes the number. */
async function howToComplete(turn: Turn): Promise<string> {
  const { orgCode } = turn.speaker;
  const held =
    orgCode === null ? [] : await findEvents(turn.tx, await openEventNosOfOrg(turn.tx, orgCode));
  const mine = held.filter(
    ({ state }) => state.status === "handling" && hasEventRight(turn.speaker, "complete", state),
  );
  const [first] = mine;
  if (first === undefined) return noRight("自处置", null);
  const meant = meantEvents(turn, mine);
  return completeLikeThis((meant[0] ?? first).row.no, maskPersonalData(turn.message.text));
}
