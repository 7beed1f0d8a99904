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
        .min(1, { error: `${what} is empty. Give it.` })
        .max(most, { error: `${what} is longer than ${most} characters. Shorten it.` }),
    );

export const SpeakBody = z.object({
  conversationId: name("conversationId", 200),
  userId: name("userId", 100).refine((id) => id !== "bot", {
    error:
      "userId `bot` is the bot itself. Speak as an id of people.csv, or as any other string for a resident.",
  }),
  text: z
    .string()
    .transform(cleanText)
    .refine((text) => [...text].length <= LONGEST_TEXT, {
      error: `text is longer than ${LONGEST_TEXT} characters. Send it in parts.`,
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
          error: "dataBase64 is not base64. Send the bytes of the picture so.",
        }),
      }),
    )
    .max(3, { error: "A message carries at most 3 pictures. Send the rest in another." })
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
