import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Attachment, IncomingMessage } from "../../../domain/incoming.ts";

/** What PostgreSQL text and jsonb cannot hold (NUL, halves of a character), and what nobody types. */
export const cleanText = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, "")
    .replace(/\p{Surrogate}/gu, "\uFFFD");

const LONGEST_TEXT = 10_000;
export const LARGEST_PICTURE = 5 * 1024 * 1024;

const name = (what: string, most: number) =>
  z
    .string()
    .transform(cleanText)
    .pipe(
      z
        .string()
        .trim()
        .min(1, { error: `${what} 是空的,请填写` })
        .max(most, { error: `${what} 超过 ${most} 个字符,请缩短` }),
    );

export const SpeakBody = z.object({
  conversationId: name("conversationId", 200),
  userId: name("userId", 100).refine((id) => id !== "bot", {
    error: "userId 不能是 bot:它是机器人自己。请用 people.csv 里的 id,或任意其他名字代表一位居民",
  }),
  text: z
    .string()
    .transform(cleanText)
    .refine((text) => [...text].length <= LONGEST_TEXT, {
      error: `text 超过 ${LONGEST_TEXT} 个字,请分几条发`,
    })
    .default(""),
  /** recognises a repeat: the same id twice is one message */
  messageId: name("messageId", 200).optional(),
  attachments: z
    .array(
      z.object({
        kind: z.literal("picture"),
        name: name("name", 200).nullish(),
        dataBase64: z.base64({
          error: "dataBase64 不是 base64,请把图片字节按 base64 编码",
        }),
      }),
    )
    .max(3, { error: "一条消息最多 3 张图片,其余请另发一条" })
    .default([]),
  location: z
    .object({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
    .nullish(),
});
export type SpeakBody = z.infer<typeof SpeakBody>;

export interface Where {
  type: "group" | "private";
  title: string | null;
}

/** The message as the product takes it from every channel. */
export function toIncoming(
  said: SpeakBody,
  where: Where,
  attachments: Attachment[],
  now: Date,
): IncomingMessage {
  return {
    channel: "sandbox",
    dedupeKey: said.messageId ?? randomUUID(),
    conversation: { id: said.conversationId, type: where.type, title: where.title },
    sender: { platformUserId: said.userId, nick: null },
    sentAt: now,
    text: said.text,
    attachments,
    location: said.location ?? null,
    reply: null,
    unsupported: null,
    source: null,
    onBehalfOf: null,
    placeHint: null,
  };
}
