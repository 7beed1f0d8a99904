import type { OutboxRow } from "../db/queries/outbox.ts";
import type { Delivery } from "../services/workflows/deliver-outbox.ts";
import type { Channel } from "./channels/channel.ts";
import { categoryName, type District, orgName } from "./district.ts";
import { noticeText } from "./replies/notices.ts";
import { toPaste } from "./replies/relay.ts";

/** Makes the function that hands one row of the outbox to its channel, worded. */
export function sender(
  channels: ReadonlyMap<string, Channel>,
  district: () => District,
  publicUrl: string,
  count: (outcome: Delivery["outcome"]) => void,
): (row: OutboxRow) => Promise<Delivery> {
  const words = {
    categoryName: (slug: string) => categoryName(district(), slug),
    orgName: (code: string) => orgName(district(), code),
    urlOf: (path: string) => `${publicUrl}${path}`,
  };
  const wordsOf = ({ body }: OutboxRow) => {
    const text = noticeText(body, words);
    return body.params.relayed === true ? toPaste(null, text) : text;
  };
  return async (row) => {
    const channel = channels.get(row.to.channel);
    if (channel === undefined)
      return { outcome: "retry", reason: `channel ${row.to.channel} is not connected` };
    const delivery = await channel.send({
      key: row.key,
      to:
        row.to.conversationId === null
          ? { type: "person", platformUserId: row.to.platformUserId ?? "" }
          : { type: "conversation", conversationId: row.to.conversationId },
      text: wordsOf(row),
      reply: row.reply,
      mentions: row.mentions,
      priority: row.priority,
    });
    count(delivery.outcome);
    return delivery;
  };
}
