import { writeAudit } from "../../db/queries/audit.ts";
import type { Role } from "../../services/domain/actor.ts";
import {
  CALL_ACTION_NAMES,
  CALL_RIGHTS,
  type CallAction,
} from "../../services/domain/call-rights.ts";
import type { Command } from "../../services/domain/understanding.ts";
import { noRight, notFound } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";

/** A command about a call ticket (街呼区应), by its number or its own words. */
export const isCallCommand = (command: Command): boolean =>
  command.action in CALL_RIGHTS &&
  (command.no?.startsWith("HJ") ?? !EVENT_WORDS.includes(command.action));

/** Words that mean an event unless a call ticket is named. */
const EVENT_WORDS: readonly string[] = [
  "complete",
  "close",
  "urge",
  "supervise",
  "status",
  "history",
  "archive",
];

/** Who may not is told so, and it is written down; nothing changes. */
export async function answerCallCommand(turn: Turn, command: Command): Promise<TurnResult> {
  const action = command.action as CallAction;
  const may = turn.speaker.roles.some((role) =>
    (CALL_RIGHTS[action] as readonly Role[]).includes(role),
  );
  await writeAudit(turn.tx, {
    at: turn.office.clock.now(),
    actor: turn.speaker,
    action,
    subject: { type: "callTicket", no: command.no },
    outcome: "refused",
    reason: may ? "notFound" : "noRight",
  });
  if (!may) return onlySay(here(noRight(CALL_ACTION_NAMES[action], command.no)));
  return onlySay(
    here(
      command.no === null
        ? "街呼区应的呼叫工单还没有开通,请先用电话呼叫区平台。"
        : notFound(command.no),
    ),
  );
}
