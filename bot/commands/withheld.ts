import { findCall } from "../../db/queries/calls.ts";
import { findEvent } from "../../db/queries/events.ts";
import { CALL_RIGHTS, maySeeCall } from "../../services/domain/call-rights.ts";
import { allowedCallActions } from "../../services/domain/decide-call.ts";
import { EVENT_ACTIONS, eventTransition } from "../../services/domain/event.ts";
import { hasEventRight } from "../../services/domain/rights.ts";
import type { Command } from "../../services/domain/understanding.ts";
import { answerStatus } from "../answers/progress.ts";
import {
  NOT_DONE,
  notUnderstood,
  objectionStands,
  offer,
  usualFirst,
  withInstead,
} from "../replies/exact-words.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";
import { answerCallStatus } from "./call-views.ts";

/**
 * Words that name an action without ordering it (「不签批」, 「要不要派遣?」, 「等核实再受理」): nothing is done, and
 * the answer has the words that would do it.
 */
export async function answerWithheld(turn: Turn, command: Command): Promise<TurnResult> {
  const { no, doubt } = command;
  if (command.meant === "callDraft") return onlySay(here(draftOffered(command)));
  const meant = sayable(command);
  if (no === null)
    return onlySay(here(`${NOT_DONE}${offer([meant], "HJ…") || offer([meant], "SJ…")}`));
  if (meant === "release") return onlySay(here(objectionStands(no)));
  const possible = await possibleNow(turn, no);
  const fitting = withInstead(meant).filter((action) => mayEver(turn, action, no));
  const offered = fitting.length > 0 ? fitting : usualFirst(possible);
  const said = onlySay(here(`${NOT_DONE}${offer(offered, no)}`));
  // Who asked wants to know how it stands.
  if (doubt !== "asked") return said;
  const status = await statusOf(turn, no);
  return { ...status, answers: [...status.answers, ...said.answers], keepWords: true };
}

/** A number, and beside it nothing that was understood: how it stands, and what is possible. */
export async function answerUnclear(turn: Turn, no: string): Promise<TurnResult> {
  const status = await statusOf(turn, no);
  const possible = usualFirst(await possibleNow(turn, no));
  const said = here(`${notUnderstood(no)}${offer(possible, no)}`);
  return { ...status, answers: [...status.answers, said], keepWords: true };
}

const statusOf = (turn: Turn, no: string): Promise<TurnResult> =>
  no.startsWith("HJ") ? answerCallStatus(turn, no) : answerStatus(turn, no);

/** What the speaker may do to it now; nothing where it is not theirs to see. */
async function possibleNow(turn: Turn, no: string): Promise<string[]> {
  if (no.startsWith("HJ")) {
    const call = await findCall(turn.tx, no);
    return call === null || !maySeeCall(turn.speaker, call.state)
      ? []
      : allowedCallActions(call.state, turn.speaker);
  }
  const event = await findEvent(turn.tx, no);
  return event === null
    ? []
    : EVENT_ACTIONS.filter(
        (action) =>
          eventTransition(event.state.status, action) !== null &&
          hasEventRight(turn.speaker, action, event.state),
      );
}

/** A call's words are offered to whoever has the role for them; an event says itself who may not. */
function mayEver({ speaker }: Turn, action: string, no: string): boolean {
  if (!no.startsWith("HJ")) return true;
  const rights = CALL_RIGHTS[action.replace(":no", "") as keyof typeof CALL_RIGHTS] ?? [];
  return speaker.roles.some((role) => rights.includes(role));
}

const REFUSABLE: readonly string[] = ["assess", "decideDelay"];

const sayable = ({ meant = "", approved }: Command): string =>
  approved === false && REFUSABLE.includes(meant) ? `${meant}:no` : meant;

const draftOffered = ({ note, doubt }: Command): string =>
  // What is negated or put off is no cause of a call: its words are not repeated.
  doubt === "negated" || doubt === "postponed"
    ? `${NOT_DONE}要呼叫区级部门请回「发起街呼区应 事由 地点 部门 时间」。`
    : note.startsWith("紧急!")
      ? `${NOT_DONE}要呼叫区级部门请回「突发!${note.slice(3)}」。`
      : `${NOT_DONE}要呼叫区级部门请回「发起街呼区应 ${note.replace(/[?？吗么]+\s*$/, "")}」。`;
