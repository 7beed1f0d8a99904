import {
  type CallRecord,
  findCalls,
  openCallNos,
  openCallNosOfDept,
} from "../../db/queries/calls.ts";
import type { CallCommand } from "../../services/domain/call-command.ts";
import type { CallAction } from "../../services/domain/call-ticket.ts";
import { allowedCallActions } from "../../services/domain/decide-call.ts";
import { wordsFor } from "../replies/exact-words.ts";
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

/**
 * The call a command means, or what to ask when several could be meant and no number was given.
 * `beside`: others that still wait for the same, where one was preferred.
 */
export async function chooseCall(
  turn: Turn,
  no: string | null,
  action: CallCommand["action"],
  phrase: string,
): Promise<{ no: string; beside: string[] } | { ask: string }> {
  if (no !== null) return { no, beside: [] };
  const fitting = await callCandidates(turn, action);
  const [only, ...others] = fitting;
  if (only === undefined) return { ask: `现在没有您可以${phrase}的呼叫工单,请带上编号再说一次。` };
  if (others.length === 0) return { no: only.row.no, beside: [] };
  const latest = action === "respond" ? clearlyLatest(turn, fitting) : null;
  if (latest !== null)
    return {
      no: latest.row.no,
      beside: fitting.flatMap(({ row }) => (row.no === latest.row.no ? [] : [row.no])),
    };
  return {
    ask: whichEvent(
      fitting.slice(0, 5).map(({ row }) => ({ no: row.no, summary: row.summary })),
      wordsOf(action, phrase),
    ),
  };
}

/** What is said before the number: 「收到 HJ…」, and not 「响应」. */
const wordsOf = (action: CallAction, phrase: string): string =>
  wordsFor(action, "HJ…")?.split(" ")[0] ?? phrase;

const MUCH_NEWER_MS = 12 * 60 * 60_000;

/** 「收到,马上出发」 is said of the call that has just come: the only one in time, or much newer than the rest. */
function clearlyLatest(turn: Turn, calls: readonly CallRecord[]): CallRecord | null {
  const now = turn.office.clock.now();
  const waiting = calls
    .flatMap((call) => {
      const own = call.state.responses.find(
        ({ deptCode, releasedAt }) => deptCode === turn.speaker.orgCode && releasedAt === null,
      );
      return own === undefined ? [] : [{ call, own }];
    })
    .sort((one, other) => other.own.dispatchedAt.getTime() - one.own.dispatchedAt.getTime());
  const [newest, next] = waiting;
  if (newest === undefined || next === undefined) return newest?.call ?? null;
  const inTime = waiting.filter(({ own }) => own.respondBy >= now);
  if (inTime.length === 1 && inTime[0] === newest) return newest.call;
  const ahead = newest.own.dispatchedAt.getTime() - next.own.dispatchedAt.getTime();
  return ahead >= MUCH_NEWER_MS ? newest.call : null;
}
