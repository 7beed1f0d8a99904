import type { Database } from "../../db/client.ts";
import { keepCard } from "../../db/queries/cards.ts";
import { findGroup } from "../../db/queries/directory.ts";
import type { OutboxRow } from "../../db/queries/outbox.ts";
import { CARD_LIFE_DAYS } from "../../services/domain/card.ts";
import { DAY_MS } from "../../services/domain/time.ts";
import type { Office } from "../../services/workflows/office.ts";
import type { Card } from "../channels/channel.ts";
import { personOfAccount } from "../speaker.ts";
import { askedBy, wordsOf } from "./card-of.ts";
import { actionsNow, buttonsOf } from "./face.ts";

/**
 * The card for a message that is about to go out; null where there is nothing to press, such as when the
 * subject has moved on while the message waited. It is kept before it is sent: a press finds it, also
 * after a restart. A message that is tried again has the same card.
 *
 * @param text - the words of the message, as they go without a card
 */
export async function makeCard(
  database: Database,
  office: Office,
  row: OutboxRow,
  text: string,
  urlOf: (path: string) => string,
): Promise<Card | null> {
  // Nothing may stand between an emergency and whoever has to hear of it.
  if (row.priority === "emergency") return null;
  const asked = askedBy(row.body);
  if (asked === null) return null;
  const orgCode = await orgOfReceiver(database, row);
  const id = `yihu-${row.id}`;
  const { no: subjectNo, purpose, link } = asked;
  const linked = link !== null;
  const createdAt = office.clock.now();
  const now = () => actionsNow(database, { subjectNo, purpose, orgCode });
  if ((await now()).length === 0) return null;
  await database.transaction((tx) =>
    keepCard(tx, {
      id,
      channel: row.to.channel,
      subjectNo,
      purpose,
      orgCode,
      linked,
      address: row.address,
      conversationId: row.to.conversationId,
      platformUserId: row.to.platformUserId,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + CARD_LIFE_DAYS * DAY_MS),
    }),
  );
  // Read once more: from here on a change finds the card and outdates it.
  const actions = await now();
  if (actions.length === 0) return null;
  const buttons = buttonsOf(actions, { subjectNo, revision: 1, linked });
  return { id, ...wordsOf(text), status: "", buttons, url: link === null ? null : urlOf(link) };
}

async function orgOfReceiver(database: Database, { to }: OutboxRow): Promise<string | null> {
  if (to.conversationId !== null)
    return (await findGroup(database, to.channel, to.conversationId))?.orgCode ?? null;
  const person = await personOfAccount(database, to.channel, to.platformUserId ?? "");
  return person?.orgCode ?? null;
}
