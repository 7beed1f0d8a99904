import {
  type CallRecord,
  findCalls,
  openCallNos,
  openCallNosOfDept,
} from "../../db/queries/calls.ts";
import type { CallCommand } from "../../services/domain/call-command.ts";
import type { CallAction } from "../../services/domain/call-ticket.ts";
import { allowedCallActions } from "../../services/domain/decide-call.ts";
import { whichEvent } from "../replies/questions.ts";
import type { Turn } from "../turn.ts";

/** Calls in which the speaker may do this now, the newest first. */
export async function callCandidates(turn: Turn, action: CallAction): Promise<CallRecord[]> {
  const calls = await openCalls(turn);
  return calls.filter(
    ({ state }) =>
      allowedCallActions(state, turn.speaker).includes(action) && stillToDo(turn, action, state),
  );
}

/** The open calls that are the speaker's to see, the newest first. */
export async function openCalls(turn: Turn): Promise<CallRecord[]> {
  const { speaker } = turn;
  const nos = new Set<string>();
  if (speaker.roles.includes("responder") && speaker.orgCode !== null) {
    for (const no of await openCallNosOfDept(turn.tx, speaker.orgCode)) nos.add(no);
  }
  if (speaker.streetCode !== null)
    for (const no of await openCallNos(turn.tx, speaker.streetCode)) nos.add(no);
  if (
    speaker.roles.some((role) =>
      ["districtDispatcher", "supervisor", "followUpAgent"].includes(role),
    )
  ) {
    for (const no of await openCallNos(turn.tx, null)) nos.add(no);
  }
  return findCalls(turn.tx, [...nos]);
}

/** 「收到」 means a call not yet answered, 「到了」 one not yet arrived at. */
function stillToDo(turn: Turn, action: CallAction, state: CallRecord["state"]): boolean {
  const own = state.responses.find(
    (response) => response.deptCode === turn.speaker.orgCode && response.releasedAt === null,
  );
  switch (action) {
    case "respond":
      return own !== undefined && own.respondedAt === null;
    case "checkIn":
      return own !== undefined && own.checkIn === null;
    case "complete":
    case "delay":
      return own !== undefined && own.checkIn !== null && own.completedAt === null;
    case "decideDelay":
      return state.responses.some(({ delayRequest }) => delayRequest !== null);
    case "decline":
    case "eta":
      return own !== undefined && own.checkIn === null;
    default:
      return true;
  }
}

/** The call a command means, or what to ask when several could be meant and no number was given. */
export async function chooseCall(
  turn: Turn,
  no: string | null,
  action: CallCommand["action"],
  phrase: string,
): Promise<{ no: string } | { ask: string }> {
  if (no !== null) return { no };
  const fitting = await callCandidates(turn, action);
  const [only, ...others] = fitting;
  if (only === undefined) return { ask: `现在没有您可以${phrase}的呼叫工单,请带上编号再说一次。` };
  if (others.length === 0) return { no: only.row.no };
  return {
    ask: whichEvent(
      fitting.slice(0, 5).map(({ row }) => ({ no: row.no, summary: row.summary })),
      phrase,
    ),
  };
}
