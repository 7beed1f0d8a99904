import type { EventRecord } from "../../db/queries/events.ts";
import { EVENT_STATUS_NAMES, type EventStatus } from "../../services/domain/event.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { actOnEvent } from "../../services/workflows/act-on-event.ts";
import { joinEvent } from "../../services/workflows/join-event.ts";
import {
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
import { here, onlySay, reportedBy, type Turn, type TurnResult } from "../turn.ts";
import { placeOf } from "./report-parts.ts";

/** What people say about a report they made or share: correct, add, join, ask, urge, rate, withdraw. */

export async function answerCorrection(turn: Turn): Promise<TurnResult> {
  return aboutOwn(turn, "说错了是3幢", editable, async (event) => {
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
  return aboutOwn(turn, "补充", editable, async (event) => {
    const note = maskPersonalData(turn.message.text) || "补充照片";
    const outcome = await actOnEvent(
      turn.tx,
      turn.office,
      event.row.no,
      { action: "supplement", note, giveUp: false },
      turn.speaker,
      turn.messageId,
    );
    return outcome.ok ? supplemented(event.row.no) : refusalText(outcome, event.row.no);
  });
}

/** 「我家也没水」: joins the neighbour's event that the ear picked. */
export async function answerJoin(turn: Turn, no: string): Promise<TurnResult> {
  const words = maskPersonalData(turn.message.text);
  const outcome = await joinEvent(turn.tx, turn.office, no, words, reportedBy(turn, 0));
  if (!outcome.ok) return onlySay(here(refusalText(outcome, no)));
  const { summary } = outcome.event.row;
  const text = outcome.again
    ? joinedAgain(no, summary)
    : joined(no, outcome.households ?? 1, summary);
  return { answers: [here(text)], eventNos: [no], keepWords: true };
}

export function answerUrge(turn: Turn): Promise<TurnResult> {
  return aboutOwn(turn, "催一下", open, async (event) => {
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
  return aboutOwn(turn, "五星", rateable, async (event) => {
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
  return aboutOwn(turn, "撤回", editable, async (event) => {
    const { no, status } = event.row;
    const sentOut = ["assigned", "handling", "escalated"].includes(status);
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
    return sentOut ? withdrawalAsked(no) : withdrawn(no);
  });
}

const DONE: readonly EventStatus[] = ["rejected", "merged", "withdrawn", "archived"];
const open = (event: EventRecord) =>
  !DONE.includes(event.row.status) && event.row.status !== "closed";
const editable = (event: EventRecord) =>
  open(event) && !["completed", "verified"].includes(event.row.status);
const rateable = (event: EventRecord) =>
  ["completed", "verified", "closed"].includes(event.row.status);

/**
 * Finds the one own event that is meant: the number if one was named, else the only fitting one, else
 * the latest where it is fresh; otherwise asks which.
 */
async function aboutOwn(
  turn: Turn,
  phrase: string,
  fits: (event: EventRecord) => boolean,
  act: (event: EventRecord) => Promise<string>,
): Promise<TurnResult> {
  const [named] = turn.understanding.numbers;
  const fitting = turn.own.filter(fits);
  const candidates =
    named === undefined ? fitting : turn.own.filter((event) => event.row.no === named);
  const [latest, ...others] = candidates;
  if (latest === undefined)
    return onlySay(here(named === undefined ? nothingFits(turn, phrase) : notYours(named)));
  const fresh =
    turn.office.clock.now().getTime() - latest.row.createdAt.getTime() <=
    turn.office.policy.correctionMinutes * 60_000;
  if (others.length > 0 && !(fresh && phrase !== "五星")) {
    const listed = candidates.slice(0, 5).map(({ row }) => ({ no: row.no, summary: row.summary }));
    return onlySay(here(whichEvent(listed, phrase)));
  }
  return { answers: [here(await act(latest))], eventNos: [latest.row.no], keepWords: true };
}

function nothingFits(turn: Turn, phrase: string): string {
  const [latest] = turn.own;
  if (latest === undefined) return noReportYet;
  return `${latest.row.no} 现在是「${EVENT_STATUS_NAMES[latest.row.status]}」,还不能${phrase === "五星" ? "评价,办结后会请您评价" : "这样改"}。`;
}
