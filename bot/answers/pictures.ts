import {
  attachToEvent,
  eventJustTold,
  insertAttachments,
  unattachedMessages,
} from "../../db/queries/attachments.ts";
import { laneOf } from "../../db/queries/inbox.ts";
import { dropOutbox, insertOutbox } from "../../db/queries/outbox.ts";
import { isOfficial } from "../../services/domain/actor.ts";
import type { NoticeBody } from "../../services/domain/notice.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";
import { addressOfSpeaker } from "../queue-answers.ts";
import { silence, type Turn, type TurnResult } from "../turn.ts";

// People send the picture first and type meanwhile (domain.md A07).
const WAIT_MINUTES = 2;
/** A picture belongs to the words that follow within this time. */
const BELONGS_MINUTES = 10;
/** A picture that follows its report does so at once; later it is more likely to be of something new. */
const FOLLOWS_MINUTES = 3;

const askKey = (messageId: string): string => `askAboutPicture:${messageId}`;

/**
 * A picture without words: belongs to what is being asked about or was just told; else waits for words,
 * and asks only if they do not come, once for a whole burst of pictures.
 */
export async function answerPicture(turn: Turn): Promise<TurnResult> {
  const now = turn.office.clock.now();
  const lane = laneOf(turn.message);
  if (turn.question !== null) return belongsTo(turn.question.event.row.no);
  const told = await eventJustTold(
    turn.tx,
    lane,
    new Date(now.getTime() - FOLLOWS_MINUTES * MINUTE_MS),
    isOfficial(turn.speaker) ? [] : ["command"],
  );
  if (told !== null) {
    // Said once for a whole burst.
    await queueOnce(turn, `pictureAdded:${told}:${lane}`, {
      kind: "pictureAdded",
      params: { no: told },
    });
    return belongsTo(told);
  }
  const waiting = await unattachedMessages(
    turn.tx,
    lane,
    new Date(now.getTime() - BELONGS_MINUTES * MINUTE_MS),
  );
  if (waiting.length === 0)
    await queueOnce(
      turn,
      askKey(turn.messageId),
      { kind: "askAboutPicture", params: {} },
      new Date(now.getTime() + WAIT_MINUTES * MINUTE_MS),
    );
  return silence;
}

const belongsTo = (no: string): TurnResult => ({ answers: [], eventNos: [no], keepWords: true });

async function queueOnce(
  turn: Turn,
  key: string,
  body: NoticeBody,
  notBefore: Date | null = null,
): Promise<void> {
  const { message } = turn;
  const to = addressOfSpeaker(turn.office, message, "here");
  if (to === null) return;
  await insertOutbox(turn.tx, [
    {
      key,
      to,
      mentions: message.conversation.type === "group" ? [message.sender.platformUserId] : [],
      priority: "direct",
      reply: message.reply,
      body,
      notBefore,
      createdAt: turn.office.clock.now(),
    },
  ]);
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
  if (turn.understanding.kind === "mediaOnly" || eventNo === null) return;
  const earlier = await unattachedMessages(
    turn.tx,
    laneOf(turn.relay?.message ?? turn.message),
    new Date(now.getTime() - BELONGS_MINUTES * MINUTE_MS),
  );
  for (const messageId of earlier) {
    if (messageId === turn.messageId) continue;
    await dropOutbox(turn.tx, askKey(messageId));
    await attachToEvent(turn.tx, messageId, eventNo);
  }
}
