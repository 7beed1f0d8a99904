import { peopleOfOrg } from "../../db/queries/directory.ts";
import type { Role } from "../../services/domain/actor.ts";
import { EVENT_ACTION_NAMES, type EventAction } from "../../services/domain/event.ts";
import { EventCommand } from "../../services/domain/event-command.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { HANDLING_ROLES } from "../../services/domain/rights.ts";
import type { Command } from "../../services/domain/understanding.ts";
import { actOnEvent, type EventOutcome } from "../../services/workflows/act-on-event.ts";
import { routeFor } from "../../services/workflows/event-surroundings.ts";
import { offerName } from "../answers/place-names.ts";
import { placeOf } from "../answers/report-parts.ts";
import { orgName } from "../district.ts";
import { actionDone, verifiedAndClosed } from "../replies/handling.ts";
import { refusalText } from "../replies/refusals.ts";
import { sayAbout } from "../say-about.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";
import { readAnswerBy } from "../understanding/answer-by.ts";
import { correctCommand } from "./correct-command.ts";
import { orgCode } from "./named-orgs.ts";
import { personOf } from "./named-people.ts";

/**
 * Does one command to one event and says what came of it.
 *
 * @param more - another command to the same event follows in the same message
 */
export async function answerEventCommand(
  turn: Turn,
  command: Command,
  no: string,
  more: boolean,
): Promise<{ result: TurnResult; refused: boolean }> {
  const built = await buildCommand(turn, command);
  if ("ask" in built) return { result: onlySay(here(built.ask)), refused: true };
  const offer = await offerName(turn, no, built.command);
  const outcome = await actOnEvent(
    turn.tx,
    turn.office,
    no,
    built.command,
    turn.speaker,
    turn.messageId,
  );
  if (!outcome.ok)
    return {
      result: { answers: [here(refusalText(outcome, no))], eventNos: [no], keepWords: true },
      refused: true,
    };
  const done = await doneText(turn, outcome, more);
  const answers = sayAbout(turn, outcome.event.row, offer === null ? done : `${done}\n${offer}`);
  return { result: { answers, eventNos: [no], keepWords: true }, refused: false };
}

/** From what was said to what the workflow takes: names become codes, words become fields. */
async function buildCommand(
  turn: Turn,
  said: Command,
): Promise<{ command: EventCommand } | { ask: string }> {
  const note = maskPersonalData(said.note).trim();
  const reason = note === "" ? undefined : note;
  const given = { level: said.level ?? undefined, platform: said.platform ?? undefined };
  switch (said.action as EventAction) {
    case "assign":
      return assignCommand(turn, said, reason);
    case "accept":
    case "setLevel":
      return parsed({ action: said.action, ...given, note: reason });
    case "verify":
      return parsed({ action: "verify", passed: said.approved !== false, reason, note: reason });
    case "delay":
      return said.workdays === null
        ? { ask: `请说明延期几个工作日,例如「申请延期 ${said.no ?? "SJ…"} 5个工作日 等待配件」。` }
        : parsed({ action: "delay", workdays: said.workdays, reason: note });
    case "decideDelay":
      return parsed({ action: "decideDelay", approved: said.approved === true, reason });
    case "correct":
      return correctCommand(turn.district, note, (words) => placeOf(turn.glance(words).place));
    case "merge":
      return said.otherNo === null
        ? { ask: "请说明并到哪一件,例如「SJ…0002 并入 SJ…0001」。" }
        : parsed({ action: "merge", into: said.otherNo });
    case "reject":
    case "return":
    case "reopen":
      return parsed({ action: said.action, reason: note });
    case "escalate":
    case "consult":
      return parsed({ action: said.action, reason });
    case "supervise":
    case "instruct": {
      const answerBy = readAnswerBy(note, turn.office.clock.now())?.toISOString();
      const grade = said.grade ?? undefined;
      return parsed({ action: said.action, grade, answerBy, note });
    }
    case "complete":
    case "progress":
    case "concludeConsultation":
    case "supplement":
      return parsed({ action: said.action, note });
    default:
      return parsed({ action: said.action, note: reason });
  }
}

function parsed(fields: Record<string, unknown>): { command: EventCommand } | { ask: string } {
  const command = EventCommand.safeParse(fields);
  if (command.success) return { command: command.data };
  const name = EVENT_ACTION_NAMES[fields.action as EventAction] ?? "这个操作";
  return { ask: `没听懂要怎么${name},说「帮助」看看可以怎么说。` };
}

const ASSIGNING_ROLES: readonly Role[] = ["dispatcher", "districtDispatcher"];

async function assignCommand(
  turn: Turn,
  said: Command,
  note: string | undefined,
): Promise<{ command: EventCommand } | { ask: string }> {
  // Who may not assign is refused, not asked which organisation was meant.
  if (!turn.speaker.roles.some((role) => ASSIGNING_ROLES.includes(role)))
    return parsed({ action: "assign", supportOrgCodes: [] });
  const lead = said.orgName === null ? null : orgCode(turn, said.orgName);
  if (lead !== null && "ask" in lead) return lead;
  const supportOrgCodes: string[] = [];
  for (const name of said.supportNames) {
    const support = orgCode(turn, name);
    if ("ask" in support) return support;
    supportOrgCodes.push(support.code);
  }
  const personId =
    lead !== null && said.personName !== null
      ? (await personOf(turn.tx, lead.code, said.personName))?.id
      : undefined;
  return parsed({ action: "assign", orgCode: lead?.code, personId, supportOrgCodes, note });
}

async function doneText(
  turn: Turn,
  { event, change }: Extract<EventOutcome, { ok: true }>,
  more: boolean,
): Promise<string> {
  if (change.action === "verify" && event.row.status === "closed")
    return verifiedAndClosed(event.row.no);
  const lead = event.state.assignees.find((assignee) => assignee.role === "lead");
  const suggested = change.action === "accept" ? await routeFor(turn.tx, event.state) : null;
  return actionDone(change, {
    no: event.row.no,
    naming: turn.naming,
    lead: lead === undefined ? null : orgName(turn.district, lead.orgCode),
    supports: event.state.assignees
      .filter((a) => a.role === "support")
      .map((a) => orgName(turn.district, a.orgCode)),
    dueAt: event.row.dueAt,
    suggestion: suggested === null ? null : orgName(turn.district, suggested.leadOrg),
    nobodyThere: lead !== undefined && !(await canBeSigned(turn, lead.orgCode)),
    more,
  });
}

const canBeSigned = async (turn: Turn, orgCode: string): Promise<boolean> =>
  (await peopleOfOrg(turn.tx, orgCode)).some((person) =>
    person.roles.some((role) => HANDLING_ROLES.includes(role)),
  );
