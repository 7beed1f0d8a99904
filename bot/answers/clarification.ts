import { countClarifyRound } from "../../db/queries/event-writes.ts";
import type { EventRecord } from "../../db/queries/events.ts";
import { NOWHERE, type Place } from "../../services/domain/event.ts";
import type { EventCommand } from "../../services/domain/event-command.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";
import type { ReportItem } from "../../services/domain/understanding.ts";
import { actOnEvent } from "../../services/workflows/act-on-event.ts";
import { acceptByRule } from "../../services/workflows/report-event.ts";
import type { DialogState } from "../dialogs/engine.ts";
import { draftCompleted, handedToPerson, situationTold } from "../replies/receipt.ts";
import { type Answer, here, privately, silence, type Turn, type TurnResult } from "../turn.ts";
import { chosenPlace, DIALOG_PLACES } from "./chosen-place.ts";
import { DIALOG_EVENT, isCourtesy, type OpenQuestion } from "./open-question.ts";
import { placeOf, withLocation } from "./report-parts.ts";
import { DIALOG_QUESTION } from "./service-question.ts";

/** What people may say while a question is open that is no answer to it. */
const NO_ANSWER: readonly string[] = [
  "command",
  "report",
  "emergency",
  "complaint",
  "metoo",
  "progressQuery",
  "urge",
  "rating",
  "withdraw",
  "privacyRequest",
  "ad",
  "notice",
  "rumor",
  "injectionOnly",
  "unsupported",
  "mediaOnly",
];

/**
 * Goes on with the question about a draft. Null when the message is about something else: then the
 * question stays open, and the message is answered for itself.
 */
export async function answerClarification(
  turn: Turn,
  dialog: DialogState,
  { event, asks }: OpenQuestion,
): Promise<TurnResult | null> {
  if (event.row.status !== "draft") return null;
  if (turn.understanding.kind === "handOver")
    return { ...(await complete(turn, event, null)), dialog: null };
  const answered = asks === "place" ? answeredPlace(turn, dialog) : answeredSituation(turn, event);
  if (answered === null && NO_ANSWER.includes(turn.understanding.kind)) return null;
  if (answered === null && isCourtesy(turn.message.text)) return silence;

  const {
    [DIALOG_EVENT]: _event,
    [DIALOG_QUESTION]: _asked,
    [DIALOG_PLACES]: places,
    ...state
  } = dialog;
  const next = await turn.dialogs.answer(state, turn.message.text, { fits: answered !== null });
  if (next.state !== null) {
    const draftUntil = new Date(
      turn.office.clock.now().getTime() + turn.office.policy.draftMinutes * MINUTE_MS,
    );
    await countClarifyRound(turn.tx, event.row.no, draftUntil);
    return {
      answers: next.said.map((text) => say(event, text)),
      eventNos: [event.row.no],
      dialog: { ...next.state, [DIALOG_EVENT]: event.row.no, [DIALOG_PLACES]: places },
      keepWords: true,
    };
  }
  return { ...(await complete(turn, event, answered)), dialog: null };
}

type Told = Pick<Extract<EventCommand, { action: "supplement" }>, "place" | "situation">;

async function complete(turn: Turn, event: EventRecord, told: Told | null): Promise<TurnResult> {
  const { no } = event.row;
  const note = maskPersonalData(turn.message.text);
  const outcome = await actOnEvent(
    turn.tx,
    turn.office,
    no,
    { action: "supplement", note, giveUp: told === null, ...told },
    turn.speaker,
    turn.messageId,
  );
  if (outcome.ok && told !== null) await acceptByRule(turn.tx, turn.office, outcome.event);
  const text =
    told === null || !outcome.ok
      ? handedToPerson(no)
      : told.situation === undefined
        ? draftCompleted(no, outcome.event.row.placeRaw ?? "")
        : situationTold(no, told.situation.summary);
  return { answers: [say(event, text)], eventNos: [no], keepWords: true };
}

const say = (event: EventRecord, text: string): Answer =>
  event.row.confidential ? privately(text) : here(text);

/** The place that the answer names or picks, as a supplement, a correction, or a report of the same thing. */
function answeredPlace(turn: Turn, dialog: DialogState): Told | null {
  const place = chosenPlace(dialog, turn.message.text) ?? namedPlace(turn);
  if (place === null) return null;
  return { place: { ...place, raw: place.raw ?? maskPersonalData(turn.message.text) } };
}

function namedPlace(turn: Turn): Place | null {
  const { correction, items, kind } = turn.understanding;
  const reading = correction?.place ?? (kind === "supplement" ? items[0]?.place : null) ?? null;
  const named = reading === null || reading.raw === "" ? null : placeOf(reading);
  return turn.message.location === null ? named : withLocation(turn, named ?? NOWHERE);
}

const UNCLEAR = "other.unclear";

/** What the answer says has happened, at the place that the report named. */
function answeredSituation(turn: Turn, event: EventRecord): Told | null {
  const [item] = turn.understanding.items;
  if (turn.understanding.kind !== "supplement" || item === undefined) return null;
  if (item.category === UNCLEAR && turn.message.text.trim().length < 6) return null;
  const { category, platform, level, urgency } = item;
  return {
    situation: { category, platform, level, urgency, summary: summaryOf(event, item) },
  };
}

function summaryOf(event: EventRecord, { summary }: ReportItem): string {
  const place = event.row.placeRaw ?? "";
  return (summary.includes(place) ? summary : `${place}${summary}`).slice(0, 40);
}
