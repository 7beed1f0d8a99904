import type { Database } from "../../db/client.ts";
import { insertMessages } from "../../db/queries/inbox.ts";
import type { Clock } from "../clock.ts";
import { isDatabaseAway } from "../database-fault.ts";
import type { IncomingMessage } from "../domain/incoming.ts";
import { maskPersonalData } from "../domain/masking.ts";
import { failpoint } from "../failpoint.ts";

// Messages that arrive within this time are stored by one statement. Measured on PostgreSQL and
// PGlite, it multiplies what a storm of messages can be stored at and costs a lone message 2 ms.
const BATCH_MS = 2;
const LARGEST_BATCH = 200;

interface Waiting {
  message: IncomingMessage;
  receivedAt: Date;
  resolve(outcome: "stored" | "seenBefore"): void;
  reject(error: unknown): void;
}

/**
 * Makes the function that stores incoming messages. It resolves when the row is committed, so that a
 * channel may acknowledge; a repeat of a message resolves as `seenBefore`. In groups, phone and ID
 * numbers are masked before anything is stored.
 *
 * @param wake - called after a commit that brought something new
 * @param count - counts what happened to each message
 */
export function messageStore(
  database: Database,
  clock: Clock,
  wake: () => void,
  count: (outcome: "stored" | "seenBefore") => void,
): (message: IncomingMessage) => Promise<"stored" | "seenBefore"> {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;

  return (message) =>
    new Promise((resolve, reject) => {
      waiting.push({ message: fitToStore(message), receivedAt: clock.now(), resolve, reject });
      if (waiting.length >= LARGEST_BATCH) void flush();
      else timer ??= setTimeout(() => void flush(), BATCH_MS);
    });

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) await storeBatch(batch);
  }

  async function storeBatch(batch: Waiting[]): Promise<void> {
    try {
      failpoint("received");
      const isNew = await insertMessages(database, batch);
      failpoint("stored");
      const seen = new Set<string>();
      for (const { message, resolve } of batch) {
        const key = `${message.channel}|${message.dedupeKey}`;
        const outcome = isNew.has(key) && !seen.has(key) ? "stored" : "seenBefore";
        count(outcome);
        resolve(outcome);
        seen.add(key);
      }
      if (isNew.size > 0) wake();
    } catch (error) {
      const [only, ...others] = batch;
      if (only === undefined) return;
      // One bad row must not take its neighbours down: each is tried alone. Without a database none can.
      if (others.length === 0 || isDatabaseAway(error)) for (const one of batch) one.reject(error);
      else for (const one of batch) await storeBatch([one]);
    }
  }
}

/** Masked where others read it, and without what the database cannot keep. */
export function fitToStore(message: IncomingMessage): IncomingMessage {
  const clean = (text: string) =>
    storable(message.conversation.type === "group" ? maskPersonalData(text) : text);
  return {
    ...message,
    dedupeKey: storable(message.dedupeKey),
    conversation: {
      ...message.conversation,
      id: storable(message.conversation.id),
      title: message.conversation.title === null ? null : storable(message.conversation.title),
    },
    sender: {
      platformUserId: storable(message.sender.platformUserId),
      nick: message.sender.nick === null ? null : storable(message.sender.nick),
    },
    text: clean(message.text),
    attachments: message.attachments.map((attachment) => ({
      ...attachment,
      ref: storable(attachment.ref),
      fileName: attachment.fileName === null ? null : storable(attachment.fileName),
      transcript: attachment.transcript === null ? null : clean(attachment.transcript),
    })),
    unsupported: message.unsupported === null ? null : storable(message.unsupported),
    placeHint: message.placeHint === null ? null : storable(message.placeHint),
  };
}

/** PostgreSQL stores neither NUL nor half surrogates. */
const storable = (text: string): string => text.replaceAll("\u0000", "").toWellFormed();
