import { countClarifyRound } from "../../db/queries/event-writes.ts";
import { findEvent } from "../../db/queries/events.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";
import { actOnEvent } from "../../services/workflows/act-on-event.ts";
import type { DialogState } from "../dialogs/engine.ts";
import { draftCompleted, handedToPerson } from "../replies/receipt.ts";
import { type Answer, here, privately, type Turn, type TurnResult } from "../turn.ts";
import { DIALOG_EVENT } from "./report.ts";
import { placeOf } from "./report-parts.ts";

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
  kept: DialogState,
): Promise<TurnResult | null> {
  const no = kept[DIALOG_EVENT];
  const event = typeof no === "string" ? await findEvent(turn.tx, no) : null;
  if (event === null || event.row.status !== "draft") return null;
  const place = answeredPlace(turn);
  if (place === null && NO_ANSWER.includes(turn.understanding.kind)) return null;

  const { [DIALOG_EVENT]: _event, ...state } = kept;
  const answered = await turn.dialogs.answer(state, turn.message.text, { fits: place !== null });
  const say = (text: string): Answer => (event.row.confidential ? privately(text) : here(text));
  if (answered.state !== null) {
    const draftUntil = new Date(
      turn.office.clock.now().getTime() + turn.office.policy.draftMinutes * MINUTE_MS,
    );
    await countClarifyRound(turn.tx, event.row.no, draftUntil);
    return {
      answers: answered.said.map(say),
      eventNos: [event.row.no],
      dialog: { ...answered.state, [DIALOG_EVENT]: event.row.no },
      keepWords: true,
    };
  }
  const note = maskPersonalData(turn.message.text);
  const outcome = await actOnEvent(
    turn.tx,
    turn.office,
    event.row.no,
    place === null
      ? { action: "supplement", note, giveUp: true }
      : { action: "supplement", note, giveUp: false, place: { ...place, raw: place.raw ?? note } },
    turn.speaker,
    turn.messageId,
  );
  const text =
    place === null || !outcome.ok
      ? handedToPerson(event.row.no)
      : draftCompleted(event.row.no, place.raw ?? "");
  return { answers: [say(text)], eventNos: [event.row.no], dialog: null, keepWords: true };
}

/** The place that the answer names, as a supplement, a correction, or a report of the same thing. */
function answeredPlace(turn: Turn) {
  const { correction, items, kind } = turn.understanding;
  const reading = correction?.place ?? (kind === "supplement" ? items[0]?.place : null) ?? null;
  return reading === null || reading.raw === "" ? null : placeOf(reading);
}
