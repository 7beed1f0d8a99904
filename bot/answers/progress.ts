import { writeAudit } from "../../db/queries/audit.ts";
import { type EventRecord, findEvent, type StepRow, stepsOf } from "../../db/queries/events.ts";
import { ordersOfEvents } from "../../db/queries/hotline.ts";
import { isOfficial } from "../../services/domain/actor.ts";
import { hiddenOfStep, mayKnowReporters } from "../../services/domain/event-privacy.ts";
import { orderName } from "../../services/domain/hotline/line.ts";
import { isSamePerson, maySeeEvent } from "../../services/domain/rights.ts";
import { categoryName, orgName } from "../district.ts";
import {
  history,
  notYours,
  type Progress,
  progressForOfficial,
  progressForReporter,
  type StepSeen,
} from "../replies/progress.ts";
import { noReportYet } from "../replies/questions.ts";
import { notFound } from "../replies/refusals.ts";
import { sayAbout } from "../say-about.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";
import { meantEvents } from "./meant-events.ts";

/** 「上礼拜报的路灯咋样了」: the reporter's own events, the meant one first. */
export async function answerProgress(turn: Turn): Promise<TurnResult> {
  const [named] = turn.understanding.numbers;
  if (named !== undefined) return answerStatus(turn, named);
  const shown = meantEvents(turn, turn.own).slice(0, 5);
  const [first] = shown;
  if (first === undefined) return onlySay(here(noReportYet));
  const text = shown.map((event) => progressForReporter(progressOf(turn, event))).join("\n\n");
  const confidential = shown.some((event) => event.row.confidential);
  return {
    answers: sayAbout(turn, { confidential }, text),
    eventNos: shown.map((event) => event.row.no),
    keepWords: false,
  };
}

/** 「查 SJ…」 for whoever may see it; anybody else learns neither place nor subject. */
export async function answerStatus(turn: Turn, no: string): Promise<TurnResult> {
  const event = await visible(turn, no, "status");
  if (typeof event === "string") return onlySay(here(event));
  const orders = await ordersOfEvents(turn.tx, [no]);
  const progress = { ...progressOf(turn, event), orders: orders.map(orderName) };
  const text = isOfficial(turn.speaker)
    ? progressForOfficial(progress)
    : progressForReporter(progress);
  return { answers: sayAbout(turn, event.row, text), eventNos: [no], keepWords: false };
}

/** 「流程 SJ…」: every step. */
export async function answerHistory(turn: Turn, no: string): Promise<TurnResult> {
  const event = await visible(turn, no, "history");
  if (typeof event === "string") return onlySay(here(event));
  const knowsReporters = mayKnowReporters(turn.speaker, event.state);
  const seen = (await stepsOf(turn.tx, no)).map((step): StepSeen => {
    const hidden = hiddenOfStep(step, event.state, turn.speaker);
    return {
      at: step.at,
      action: step.action,
      who: hidden.actor && !knowsReporters ? "报事人" : doerOf(turn, event, step),
      note: hidden.note && !knowsReporters ? null : step.note,
    };
  });
  return {
    answers: sayAbout(turn, event.row, history(no, seen)),
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
  if (event !== null && may) return event;
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

function doerOf(turn: Turn, event: EventRecord, { actor, action }: StepRow): string {
  const name = actor.name ?? "";
  if (actor.orgCode !== null) return `${orgName(turn.district, actor.orgCode)} ${name}`.trim();
  const reported =
    action === "report" || event.reporters.some((reporter) => isSamePerson(actor, reporter));
  return name === "" ? (reported ? "报事人" : "群众") : name;
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
    orders: [],
  };
}
