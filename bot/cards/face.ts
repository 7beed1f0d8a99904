import type { Db } from "../../db/client.ts";
import { findCall } from "../../db/queries/calls.ts";
import type { CardRow } from "../../db/queries/cards.ts";
import { findEvent } from "../../db/queries/events.ts";
import {
  type CardAction,
  type CardPurpose,
  callCardActions,
  eventCardActions,
  pressWord,
} from "../../services/domain/card.ts";
import type { CardButton, CardNow } from "../channels/channel.ts";
import { CARD_LABELS, cardExpired, cardReplaced, stepDone } from "../replies/cards.ts";

/** What there is to press now about a subject, for whoever belongs to `orgCode`. */
export async function actionsNow(
  db: Db,
  {
    subjectNo,
    purpose,
    orgCode,
  }: { subjectNo: string; purpose: CardPurpose; orgCode: string | null },
): Promise<CardAction[]> {
  if (subjectNo.startsWith("HJ")) {
    const call = await findCall(db, subjectNo);
    return call === null ? [] : callCardActions(purpose, call.state, orgCode);
  }
  const event = await findEvent(db, subjectNo);
  return event === null ? [] : eventCardActions(purpose, event.state, orgCode);
}

export const buttonsOf = (
  actions: readonly CardAction[],
  card: Pick<CardRow, "subjectNo" | "revision" | "linked">,
): CardButton[] =>
  actions.map((action) => ({
    label: CARD_LABELS[action],
    action: pressWord(action, card.revision),
    no: card.subjectNo,
    opens: action === "checkIn" && card.linked,
  }));

/** What a card shows in its next revision. */
export function nextFace(card: CardRow, actions: readonly CardAction[]): CardNow {
  const { id, subjectNo: no } = card;
  switch (card.state) {
    case "replaced":
      return { id, status: cardReplaced(no), buttons: [] };
    case "expired":
      return { id, status: cardExpired(no), buttons: [] };
    default:
      return {
        id,
        status: actions.length === 0 ? stepDone(no) : "",
        buttons: buttonsOf(actions, { ...card, revision: card.revision + 1 }),
      };
  }
}
