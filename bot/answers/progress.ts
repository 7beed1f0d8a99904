import { writeAudit } from "../../db/queries/audit.ts";
import { type EventRecord, findEvent, type StepRow, stepsOf } from "../../db/queries/events.ts";
import { isOfficial } from "../../services/domain/actor.ts";
import { isSamePerson, maySeeEvent, standingsOf } from "../../services/domain/rights.ts";
import { categoryName, orgName } from "../district.ts";
import {
  history,
  notYours,
  type Progress,
  progressForOfficial,
  progressForReporter,
} from "../replies/progress.ts";
import { noReportYet } from "../replies/questions.ts";
import { notFound } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";

/** 「上礼拜报的路灯咋样了」: the reporter's own events, the meant one first. */
export async function answerProgress(turn: Turn): Promise<TurnResult> {
  const [named] = turn.understanding.numbers;
  if (named !== undefined) return answerStatus(turn, named);
  const meant = turn.understanding.items[0]?.category;
  const fitting = turn.own.filter((event) => event.row.category === meant);
  const shown = (fitting.length > 0 ? fitting : turn.own).slice(0, 5);
  if (shown.length === 0) return onlySay(here(noReportYet));
  return {
    answers: [
      here(shown.map((event) => progressForReporter(progressOf(turn, event))).join("\n\n")),
    ],
    eventNos: shown.map((event) => event.row.no),
    keepWords: false,
  };
}

/** 「查 SJ…」 for whoever may see it; anybody else learns neither place nor subject. */
export async function answerStatus(turn: Turn, no: string): Promise<TurnResult> {
  const event = await visible(turn, no, "status");
  if (typeof event === "string") return onlySay(here(event));
  const progress = progressOf(turn, event);
  const text = isOfficial(turn.speaker)
    ? progressForOfficial(progress)
    : progressForReporter(progress);
  return { answers: [here(text)], eventNos: [no], keepWords: false };
}

/** 「流程 SJ…」: every step. */
export async function answerHistory(turn: Turn, no: string): Promise<TurnResult> {
  const event = await visible(turn, no, "history");
  if (typeof event === "string") return onlySay(here(event));
  const knowsReporter = mayKnowReporter(turn, event);
  const nameOf = (step: StepRow): string => {
    const reporter = event.reporters.some((one) => isSamePerson(step.actor, one));
    if (reporter) return knowsReporter ? (step.actor.name ?? "报事人") : "报事人";
    return step.actor.orgCode === null
      ? (step.actor.name ?? "系统")
      : `${orgName(turn.district, step.actor.orgCode)} ${step.actor.name ?? ""}`.trim();
  };
  return {
    answers: [here(history(no, await stepsOf(turn.tx, no), nameOf))],
    eventNos: [no],
    keepWords: false,
  };
}

async function visible(
  turn: Turn,
  no: string,
  action: "status" | "history",
): Promise<EventRecord | string> {
  const event = await findEvent(turn.tx, no);
  const mine =
    event?.state.reporters.some((reporter) => isSamePerson(turn.speaker, reporter)) ?? false;
  const may = event !== null && (mine || maySeeEvent(turn.speaker, event.state));
  // In a group everybody reads along: what is confidential is not said there.
  const hidden = event?.row.confidential && turn.message.conversation.type === "group";
  if (event !== null && may && !hidden) return event;
  await writeAudit(turn.tx, {
    at: turn.office.clock.now(),
    actor: turn.speaker,
    action,
    subject: { type: "event", no },
    outcome: "refused",
    reason: event === null ? "notFound" : "noRight",
  });
  return isOfficial(turn.speaker) && event === null ? notFound(no) : notYours(no);
}

function mayKnowReporter(turn: Turn, event: EventRecord): boolean {
  const standings = standingsOf(turn.speaker, event.state);
  return (
    standings.has("commandRoom") || standings.has("commandCenter") || standings.has("reporter")
  );
}

export function progressOf(
  turn: Pick<Turn, "district" | "office">,
  { row, state }: EventRecord,
): Progress {
  const lead = state.assignees.find((assignee) => assignee.role === "lead");
  const now = turn.office.clock.now();
  return {
    no: row.no,
    status: row.status,
    category: categoryName(turn.district, row.category),
    summary: row.summary,
    place: row.placeRaw,
    level: row.level,
    urgency: row.urgency,
    handler:
      lead === undefined
        ? null
        : `${orgName(turn.district, lead.orgCode)}${lead.name === null ? "" : ` ${lead.name}`}`,
    dueAt: row.dueAt,
    overdue: row.dueAt !== null && row.dueAt < now,
    reporterCount: row.reporterCount,
  };
}
