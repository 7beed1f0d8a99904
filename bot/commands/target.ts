import { type EventRecord, findEvents } from "../../db/queries/events.ts";
import { openEventNosOfOrg, openEventNosOfStreet } from "../../db/queries/work-lists.ts";
import {
  EVENT_ACTION_NAMES,
  EVENT_ACTIONS,
  type EventAction,
  eventTransition,
} from "../../services/domain/event.ts";
import { hasEventRight } from "../../services/domain/rights.ts";
import type { Command } from "../../services/domain/understanding.ts";
import { noReportYet, whichEvent } from "../replies/questions.ts";
import { noRight, notFound } from "../replies/refusals.ts";
import { subjectHere } from "../say-about.ts";
import type { Turn } from "../turn.ts";

/** The event a command means, or what to ask when several could be meant and no number was given. */
export async function chooseTarget(
  turn: Turn,
  command: Command,
): Promise<{ no: string } | { ask: string }> {
  if (command.no !== null) return { no: command.no };
  const possible = await candidates(turn, command);
  const named = byTail(possible, turn.message.text);
  const stranger = named.length > 0 ? null : strangeNumber(turn.message.text);
  if (stranger !== null) return { ask: notFound(stranger) };
  const fitting = named.length > 0 ? named : possible;
  const [only, ...others] = fitting;
  if (only === undefined) return { ask: await nothingToDo(turn, command) };
  if (others.length === 0) return { no: only.row.no };
  const listed = fitting
    .slice(0, 5)
    .map(({ row }) => ({ no: row.no, summary: subjectHere(turn, row) }));
  return { ask: whichEvent(listed, actionWord(command)) };
}

/** 「受理0003」: people say the last digits. More digits that are no number of theirs name nothing. */
function byTail(events: readonly EventRecord[], text: string): EventRecord[] {
  const tail = /(?:(?<![A-Za-z\d_-])|(?<=SJ))(\d{3,5})(?![\d_-])/i.exec(text)?.[1];
  return tail === undefined
    ? []
    : events.filter(({ row }) => row.no.endsWith(`-${tail.padStart(4, "0")}`));
}

/**
 * 「受理 WZ-2026-11-26-0005」: the number of somebody else's book, unknown here. Whoever names one does not
 * mean the only event that could be accepted.
 */
function strangeNumber(text: string): string | null {
  const token = /^[^A-Za-z0-9]{1,12}([A-Za-z0-9][A-Za-z0-9_-]{9,59})/.exec(text)?.[1] ?? "";
  if (token.replace(/\D/g, "").length < 6 || /^\d{4}-\d\d?-\d\d?$/.test(token)) return null;
  return /^\d{1,11}$/.test(token) ? null : token;
}

/** Events in the speaker's hands on which the action is possible now. */
async function candidates(turn: Turn, command: Command): Promise<EventRecord[]> {
  const { speaker } = turn;
  if (speaker.roles.length === 0) return turn.own;
  const nos = new Set<string>();
  if (speaker.orgCode !== null)
    for (const no of await openEventNosOfOrg(turn.tx, speaker.orgCode)) nos.add(no);
  if (speaker.streetCode !== null)
    for (const no of await openEventNosOfStreet(turn.tx, speaker.streetCode)) nos.add(no);
  const events = await findEvents(turn.tx, [...nos]);
  const action = EVENT_ACTIONS.find((known) => known === command.action);
  if (action === undefined) return events;
  return events.filter(
    ({ state }) =>
      eventTransition(state.status, action) !== null && hasEventRight(speaker, action, state),
  );
}

async function nothingToDo(turn: Turn, command: Command): Promise<string> {
  if (turn.speaker.roles.length === 0) {
    return ["status", "history"].includes(command.action)
      ? noReportYet
      : noRight(actionWord(command), null);
  }
  return command.action === "status" || command.action === "history"
    ? notFound("事件,请带上编号")
    : `现在没有您可以${actionWord(command)}的事件。说「我的待办」看看手上的事,或带上编号再说一次。`;
}

/** What is no action of an event, in Chinese. */
const OTHER_NAMES: Partial<Record<string, string>> = {
  separate: "拆分",
  specialReportDraft: "专报稿",
  dispatch: "派遣",
  approve: "签批",
  rejectApproval: "签批退回",
};

export const actionWord = (command: Command): string => {
  if (command.action === "status") return "查";
  if (command.action === "history") return "流程";
  return EVENT_ACTION_NAMES[command.action as EventAction] ?? OTHER_NAMES[command.action] ?? "办理";
};
