import type { Db } from "../../../db/client.ts";
import { API_CHANNEL, senderOfApp } from "../../domain/api-sender.ts";
import type { HotlineLine } from "../../domain/hotline/line.ts";
import type { HotlineOrder } from "../../domain/hotline/order.ts";
import type { IncomingMessage } from "../../domain/incoming.ts";
import { withoutName } from "../../domain/masking.ts";
import { senderOfNumber } from "../../sender-of-number.ts";

/** The caller as reporter: by their number the same person in every source, else the order itself. */
export async function callerOf(
  db: Db,
  line: HotlineLine,
  { no, contact }: HotlineOrder,
): Promise<string> {
  if (contact.phone === null) return senderOfApp(line, `order:${no}`);
  return senderOfNumber(db, contact.phone);
}

/**
 * @param platformUserId - the caller, by `callerOf`
 * @returns a new order as the product takes messages from every channel (统一受理)
 */
export function messageOfOrder(
  line: HotlineLine,
  order: HotlineOrder,
  platformUserId: string,
  now: Date,
): IncomingMessage {
  const { calledAt, supplement, contact } = order;
  return {
    channel: API_CHANNEL,
    dedupeKey: `${line}:order:${order.no}`,
    conversation: { id: `private:${platformUserId}`, type: "private", title: null },
    sender: { platformUserId, nick: null },
    sentAt: calledAt !== null && calledAt < now ? calledAt : now,
    text: withoutName(
      supplement === "" ? order.words : `${order.words}\n补充:${supplement}`,
      contact.name,
    ),
    attachments: [],
    location: order.location,
    reply: null,
    unsupported: null,
    source: line,
    onBehalfOf: contact.name === null && contact.phone === null ? null : contact,
    placeHint: order.place,
    order: { line, no: order.no },
    ...(order.category === null ? {} : { chosenCategory: order.category }),
  };
}
