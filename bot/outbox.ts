import type { OutboxRow } from "../db/queries/outbox.ts";
import type { Delivery } from "../services/workflows/deliver-outbox.ts";
import type { Card, Channel } from "./channels/channel.ts";
import { categoryName, type District, orgName } from "./district.ts";
import { noticeText } from "./replies/notices.ts";
import { toPaste } from "./replies/relay.ts";

export interface CardBook {
  /** the card that a row may be shown as; null where it has nothing to press */
  cardFor(row: OutboxRow, text: string): Promise<Card | null>;
  arrived(id: string): Promise<void>;
}

const NO_CARDS: CardBook = { cardFor: async () => null, arrived: async () => {} };

/** Makes the function that hands one row of the outbox to its channel, worded. */
export function sender(
  channels: ReadonlyMap<string, Channel>,
  district: () => District,
  publicUrl: string,
  count: (outcome: Delivery["outcome"]) => void,
  cards: CardBook = NO_CARDS,
): (row: OutboxRow) => Promise<Delivery> {
  const words = {
    categoryName: (slug: string) => categoryName(district(), slug),
    orgName: (code: string) => orgName(district(), code),
    urlOf: (path: string) => `${publicUrl}${path}`,
  };
  return async (row) => {
    const channel = channels.get(row.to.channel);
    if (channel === undefined)
      return { outcome: "retry", reason: `channel ${row.to.channel} is not connected` };
    const said = noticeText(row.body, words);
    const text = row.body.params.relayed === true ? toPaste(null, said) : said;
    const card = channel.capabilities.cards ? await cards.cardFor(row, text) : null;
    const delivery = await channel.send({
      key: row.key,
      to:
        row.to.conversationId === null
          ? { type: "person", platformUserId: row.to.platformUserId ?? "" }
          : { type: "conversation", conversationId: row.to.conversationId },
      text,
      reply: row.reply,
      mentions: row.mentions,
      priority: row.priority,
      ...(card === null ? {} : { card }),
      ...(row.body.ding === true ? { ding: true as const } : {}),
    });
    if (card !== null && delivery.outcome === "sent") await cards.arrived(card.id);
    count(delivery.outcome);
    return delivery;
  };
}
