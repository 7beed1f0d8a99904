import type { Db } from "../../db/client.ts";
import { type CardRow, findCard } from "../../db/queries/cards.ts";
import { actionOfPress } from "../../services/domain/card.ts";
import type { IncomingMessage } from "../../services/domain/incoming.ts";
import {
  pressedByAnother,
  pressedExpired,
  pressedReplaced,
  pressedTooLate,
  pressedUnknown,
  typedFor,
} from "../replies/cards.ts";
import { actionsNow } from "./face.ts";

export type ReadPress =
  /** goes on as if it had been typed where the card hangs */
  | { ok: true; message: IncomingMessage }
  /** `subjectNo` where the card is one of ours */
  | { ok: false; code: string; subjectNo: string | null; text: string };

/**
 * What a pressed button means: the same words typed by the same person in the same place. In private
 * only whom the card was sent to may press it; in a group anybody may, and the workflow asks for the
 * right as it does of whoever types.
 *
 * @param now - product time
 */
export async function readPress(db: Db, message: IncomingMessage, now: Date): Promise<ReadPress> {
  const { press } = message;
  if (press === undefined) return { ok: true, message };
  const card = await findCard(db, press.card);
  const action = actionOfPress(press.word);
  if (card === null || card.channel !== message.channel || action === null)
    return { ok: false, code: "unknownCard", subjectNo: null, text: pressedUnknown };
  const no = card.subjectNo;
  const refused = (code: string, text: string): ReadPress => ({
    ok: false,
    code,
    subjectNo: no,
    text,
  });
  if (card.platformUserId !== null && card.platformUserId !== message.sender.platformUserId)
    return refused("notYourCard", pressedByAnother);
  if (card.state === "replaced")
    return refused("cardReplaced", pressedReplaced(typedFor(action, no)));
  if (card.state === "expired" || card.expiresAt <= now)
    return refused("cardExpired", pressedExpired(typedFor(action, no)));
  if (!(await actionsNow(db, card)).includes(action))
    return refused("cardUsed", pressedTooLate(no));
  return {
    ok: true,
    message: {
      ...message,
      conversation: placeOf(card, message),
      text: typedFor(action, no, message.text),
    },
  };
}

const placeOf = (
  { conversationId }: CardRow,
  message: IncomingMessage,
): IncomingMessage["conversation"] =>
  conversationId === null
    ? message.conversation
    : { id: conversationId, type: "group", title: null };
