import {
  attachToEvent,
  insertAttachments,
  unattachedMessages,
} from "../../db/queries/attachments.ts";
import { laneOf } from "../../db/queries/inbox.ts";
import { dropOutbox, insertOutbox } from "../../db/queries/outbox.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";
import { addressOfSpeaker } from "../queue-answers.ts";
import { silence, type Turn, type TurnResult } from "../turn.ts";

// People send the picture first and type meanwhile (domain.md A07).
const WAIT_MINUTES = 2;
/** A picture belongs to the words that follow within this time. */
const BELONGS_MINUTES = 10;

const askKey = (messageId: string): string => `askAboutPicture:${messageId}`;

/** A picture without words: waits for them, and asks only if they do not come. */
export async function answerPicture(turn: Turn): Promise<TurnResult> {
  const now = turn.office.clock.now();
  const to = addressOfSpeaker(turn.office, turn.message, "here");
  if (to === null) return silence;
  await insertOutbox(turn.tx, [
    {
      key: askKey(turn.messageId),
      to,
      mentions:
        turn.message.conversation.type === "group" ? [turn.message.sender.platformUserId] : [],
      priority: "direct",
      reply: turn.message.reply,
      body: { kind: "askAboutPicture", params: {} },
      notBefore: new Date(now.getTime() + WAIT_MINUTES * MINUTE_MS),
      createdAt: now,
    },
  ]);
  return silence;
}

/**
 * Keeps what a message carried, and ties it to the event the message is about; pictures sent just
 * before without words are tied to the words that follow.
 */
export async function adoptPictures(turn: Turn, result: TurnResult): Promise<void> {
  const now = turn.office.clock.now();
  const [eventNo = null] = result.eventNos;
  await insertAttachments(
    turn.tx,
    turn.messageId,
    eventNo,
    turn.message.channel,
    turn.message.attachments,
    now,
  );
  if (turn.understanding.kind === "mediaOnly") return;
  const earlier = await unattachedMessages(
    turn.tx,
    laneOf(turn.message),
    new Date(now.getTime() - BELONGS_MINUTES * MINUTE_MS),
  );
  for (const messageId of earlier) {
    if (messageId === turn.messageId) continue;
    await dropOutbox(turn.tx, askKey(messageId));
    if (eventNo !== null) await attachToEvent(turn.tx, messageId, eventNo);
  }
}
