import type { DWClientDownStream } from "dingtalk-stream";
import { z } from "zod";
import type { Incoming } from "./to-incoming.ts";

/** The event for a robot that comes into a group: its 酷应用 was installed there. */
export const BOT_JOINED = "im_cool_app_install";

const id = z.string().min(1).max(512);

const Joined = z.object({
  openConversationId: id,
  robotCode: id.optional().catch(undefined),
  operator: id.optional().catch(undefined),
});

/** The bot was put into a group. Never throws. */
export function toJoined(
  frame: DWClientDownStream,
  robotCode: string,
  receivedAt: Date,
): Incoming | "nothing" {
  const parsed = Joined.safeParse(dataOf(frame.data));
  if (!parsed.success) return { ok: false, problem: "a robot came into no group" };
  const { openConversationId, operator } = parsed.data;
  if (parsed.data.robotCode !== undefined && parsed.data.robotCode !== robotCode) return "nothing";
  const { eventId, messageId } = frame.headers;
  return {
    ok: true,
    problem: null,
    message: {
      channel: "dingtalk",
      dedupeKey: `joined:${openConversationId}:${eventId ?? messageId}`,
      conversation: { id: openConversationId, type: "group", title: null },
      sender: { platformUserId: operator ?? "outsider:unknown", nick: null },
      sentAt: receivedAt,
      text: "",
      attachments: [],
      location: null,
      reply: null,
      unsupported: null,
      source: null,
      onBehalfOf: null,
      placeHint: null,
      joined: true,
    },
  };
}

/** Some pushes wrap the event once more in `data`. */
function dataOf(text: unknown): unknown {
  try {
    const json: unknown = typeof text === "string" ? JSON.parse(text) : text;
    const inner = (json as { data?: unknown } | null)?.data;
    return inner !== undefined && typeof inner === "object" ? inner : json;
  } catch {
    return undefined;
  }
}
