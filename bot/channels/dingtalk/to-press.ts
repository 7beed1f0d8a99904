import { z } from "zod";
import type { IncomingMessage } from "../../../services/domain/incoming.ts";
import { cleanText } from "./clean-text.ts";
import type { Incoming } from "./to-incoming.ts";

const id = z.string().min(1).max(512).transform(cleanText);

const Press = z.object({ outTrackId: id, userId: id });

/** `content`, or `value` with some clients: JSON text in JSON. */
const Content = z.object({
  cardPrivateData: z.object({
    params: z.object({
      action: z.string().min(1).max(64),
      note: z.string().max(2_000).transform(cleanText).optional().catch(undefined),
    }),
  }),
});

/**
 * A pressed button of an interactive card as the product's own message. The platform gives a press no
 * id, so one press is known by card, button and person; buttons get new words with each update of the
 * card. Which conversation the card hangs in the product knows itself. Never throws.
 */
export function toPress(frameData: unknown, receivedAt: Date): Incoming {
  const json = parse(frameData);
  const press = Press.safeParse(json);
  if (!press.success) return { ok: false, problem: "a press without card or person" };
  const { content, value } = json as { content?: unknown; value?: unknown };
  const said = Content.safeParse(parse(content ?? value));
  if (!said.success) return { ok: false, problem: "a press without an action" };
  const { outTrackId, userId } = press.data;
  const { action, note = "" } = said.data.cardPrivateData.params;
  const message: IncomingMessage = {
    channel: "dingtalk",
    dedupeKey: `card:${outTrackId}:${action}:${userId}`,
    conversation: { id: `card:${outTrackId}`, type: "private", title: null },
    sender: { platformUserId: userId, nick: null },
    sentAt: receivedAt,
    text: note.trim(),
    attachments: [],
    location: null,
    reply: null,
    unsupported: null,
    source: null,
    onBehalfOf: null,
    placeHint: null,
    press: { card: outTrackId, word: action },
  };
  return { ok: true, message, problem: null };
}

function parse(data: unknown): unknown {
  if (typeof data !== "string") return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
