import { writeAudit } from "../../db/queries/audit.ts";
import type { EventRecord } from "../../db/queries/events.ts";
import {
  EVENT_STATUS_NAMES,
  type EventAction,
  type EventStatus,
} from "../../services/domain/event.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import type { PlaceReading } from "../../services/domain/understanding.ts";
import { actOnEvent } from "../../services/workflows/act-on-event.ts";
import { joinEvent } from "../../services/workflows/join-event.ts";
import {
  left,
  passedToCommandRoom,
  ratedThanks,
  reopenedForYou,
  withdrawalAsked,
  withdrawn,
} from "../replies/general.ts";
import { notYours, urgeReceived } from "../replies/progress.ts";
import { noReportYet, whichEvent } from "../replies/questions.ts";
import { corrected, joined, joinedAgain, supplemented } from "../replies/receipt.ts";
import { refusalText } from "../replies/refusals.ts";
import { sayAbout, subjectHere } from "../say-about.ts";
import { here, onlySay, reportedBy, type Turn, type TurnResult } from "../turn.ts";
import { meantEvents } from "./meant-events.ts";
import { placeOf } from "./report-parts.ts";

/** What people say about a report they made or share: correct, add, join, ask, urge, rate, withdraw. */

export async function answerCorrection(turn: Turn): Promise<TurnResult> {
  return aboutOwn(turn, CORRECT, async (event) => {
    const { correction } = turn.understanding;
    const place = correction?.place ?? null;
    const outcome = await actOnEvent(
      turn.tx,
      turn.office,
      event.row.no,
      place === null
        ? { action: "supplement", note: maskPersonalData(turn.message.text), giveUp: false }
        : { action: "correct", place: { ...placeOf(place), raw: placeOf(place).raw ?? place.raw } },
      turn.speaker,
      turn.messageId,
    );
    if (!outcome.ok) return refusalText(outcome, event.row.no);
    return place === null
      ? supplemented(event.row.no)
      : corrected(event.row.no, `地点为「${outcome.event.row.placeRaw}」`);
  });
}

export async function answerSupplement(turn: Turn): Promise<TurnResult> {
  return aboutOwn(turn, SUPPLEMENT, async (event) => {
    const { no } = event.row;
    const place = betterPlace(event, turn.understanding.items[0]?.place ?? null);
    const outcome = await actOnEvent(
      turn.tx,
      turn.office,
      no,
      {
        action: "supplement",
        note: maskPersonalData(turn.message.text),
        giveUp: false,
        ...(place === null ? {} : { place }),
      },
      turn.speaker,
      turn.messageId,
    );
    if (!outcome.ok) return refusalText(outcome, no);
    return place === null
      ? supplemented(no)
      : corrected(no, `地点为「${outcome.event.row.placeRaw}」`);
  });
}

/** A place that was still missing, or that says more exactly what is known: 学院公寓 → 学院公寓3幢. */
function betterPlace(event: EventRecord, reading: PlaceReading | null) {
  if (reading === null || reading.raw === "") return null;
  const place = placeOf(reading);
  const raw = place.raw ?? reading.raw;
  const known = event.row.placeRaw;
  return known === null || (raw !== known && raw.includes(known)) ? { ...place, raw } : null;
}

/** 「我家也没水」: joins the neighbour's event that the ear picked. */
export async function answerJoin(turn: Turn, no: string): Promise<TurnResult> {
  const words = maskPersonalData(turn.message.text);
  const outcome = await joinEvent(
    turn.tx,
    turn.office,
    no,
    words,
    reportedBy(turn, 0),
    turn.understanding.items[0]?.people ?? null,
  );
  if (!outcome.ok) return onlySay(here(refusalText(outcome, no)));
  const { summary } = outcome.event.row;
  const text = outcome.again
    ? joinedAgain(no, summary)
    : joined(no, outcome.households ?? 1, summary);
  return { answers: [here(text)], eventNos: [no], keepWords: true };
}

export function answerUrge(turn: Turn): Promise<TurnResult> {
  return aboutOwn(turn, URGE, async (event) => {
    const { no } = event.row;
    const outcome = await actOnEvent(
      turn.tx,
      turn.office,
      no,
      { action: "urge", note: maskPersonalData(turn.message.text) },
      turn.speaker,
      turn.messageId,
    );
    return outcome.ok
      ? urgeReceived(no, EVENT_STATUS_NAMES[outcome.event.row.status])
      : refusalText(outcome, no);
  });
}

export function answerRating(turn: Turn): Promise<TurnResult> {
  const score = turn.understanding.rating ?? 5;
  return aboutOwn(turn, RATE, async (event) => {
    const { no } = event.row;
    const note = maskPersonalData(turn.message.text);
    const outcome = await actOnEvent(
      turn.tx,
      turn.office,
      no,
      { action: "rate", score, note },
      turn.speaker,
      turn.messageId,
    );
    if (!outcome.ok) return refusalText(outcome, no);
    if (score > 2) return ratedThanks(no, score);
    return outcome.change.to === outcome.change.from ? passedToCommandRoom(no) : reopenedForYou(no);
  });
}

export function answerWithdrawal(turn: Turn): Promise<TurnResult> {
  return aboutOwn(turn, WITHDRAW, async (event) => {
    const { no, status } = event.row;
    const shared = event.reporters.length > 1;
    const sentOut = !shared && ["assigned", "handling", "escalated"].includes(status);
    const action = sentOut ? "requestWithdrawal" : "withdraw";
    const outcome = await actOnEvent(
      turn.tx,
      turn.office,
      no,
      { action, note: maskPersonalData(turn.message.text) },
      turn.speaker,
      turn.messageId,
    );
    if (!outcome.ok) return refusalText(outcome, no);
    if (outcome.change.leaves) return left(no);
    return sentOut ? withdrawalAsked(no) : withdrawn(no);
  });
}

const DONE: readonly EventStatus[] = ["closed", "rejected", "merged", "withdrawn", "archived"];
const open = (event: EventRecord) => !DONE.includes(event.row.status);
const editable = (event: EventRecord) =>
  open(event) && !["completed", "verified"].includes(event.row.status);
const rateable = (event: EventRecord) =>
  ["completed", "verified", "closed"].includes(event.row.status);

/** What somebody wants with an event of their own. */
interface Wish {
  action: EventAction;
  /** as people say it, for the example when it has to be asked which event is meant */
  phrase: string;
  /** the events it can be about */
  fits(event: EventRecord): boolean;
}

const CORRECT: Wish = { action: "correct", phrase: "说错了是3幢", fits: editable };
const SUPPLEMENT: Wish = { action: "supplement", phrase: "补充", fits: editable };
const URGE: Wish = { action: "urge", phrase: "催一下", fits: open };
const RATE: Wish = { action: "rate", phrase: "五星", fits: rateable };
const WITHDRAW: Wish = { action: "withdraw", phrase: "撤回", fits: editable };

/**
 * Finds the one own event that is meant: the number if one was named, the one that was asked about, the
 * one the words name, the latest where it is fresh; otherwise asks which.
 */
async function aboutOwn(
  turn: Turn,
  { action, phrase, fits }: Wish,
  act: (event: EventRecord) => Promise<string>,
): Promise<TurnResult> {
  const [named] = turn.understanding.numbers;
  const asked = action === "supplement" ? (turn.question?.event ?? null) : null;
  const candidates =
    named !== undefined
      ? turn.own.filter((event) => event.row.no === named)
      : asked !== null
        ? [asked]
        : meantEvents(turn, turn.own.filter(fits));
  const [latest, ...others] = candidates;
  if (latest === undefined)
    return named === undefined
      ? onlySay(here(nothingFits(turn, phrase)))
      : notOwn(turn, action, named);
  const fresh =
    turn.office.clock.now().getTime() - latest.row.createdAt.getTime() <=
    turn.office.policy.correctionMinutes * 60_000;
  if (others.length > 0 && !(fresh && action !== "rate")) {
    const listed = candidates
      .slice(0, 5)
      .map(({ row }) => ({ no: row.no, summary: subjectHere(turn, row) }));
    return onlySay(here(whichEvent(listed, phrase)));
  }
  const answers = sayAbout(turn, latest.row, await act(latest));
  return { answers, eventNos: [latest.row.no], keepWords: true };
}

/** Somebody else's event, or none at all: nothing changes, nothing is given away, and it is written down. */
async function notOwn(turn: Turn, action: EventAction, no: string): Promise<TurnResult> {
  await writeAudit(turn.tx, {
    at: turn.office.clock.now(),
    actor: turn.speaker,
    action,
    subject: { type: "event", no },
    outcome: "refused",
    reason: "noRight",
  });
  return onlySay(here(notYours(no)));
}

function nothingFits(turn: Turn, phrase: string): string {
  const [latest] = turn.own;
  if (latest === undefined) return noReportYet;
  return `${latest.row.no} 现在是「${EVENT_STATUS_NAMES[latest.row.status]}」,还不能${phrase === "五星" ? "评价,办结后会请您评价" : "这样改"}。`;
}
