import { findDistrict } from "../db/queries/directory.ts";
import { type Address, insertOutbox } from "../db/queries/outbox.ts";
import { notePrivacy } from "../db/queries/privacy-records.ts";
import { claimPrivacyNotice } from "../db/queries/residents.ts";
import { isOfficial } from "../services/domain/actor.ts";
import type { IncomingMessage } from "../services/domain/incoming.ts";
import { PRIVACY_VERSION } from "../services/domain/privacy-record.ts";
import { livingChannel, type Office } from "../services/workflows/office.ts";
import { privacyHint } from "./replies/privacy.ts";
import { toPaste } from "./replies/relay.ts";
import type { Answer, Turn } from "./turn.ts";

/** Writes the answers to a message into the outbox, with the change they belong to. */
export async function queueAnswers(turn: Turn, answers: readonly Answer[]): Promise<void> {
  const all = [...answers, ...(await privacyAnswer(turn, answers))];
  // Who passed somebody's words on is answered where they did.
  const heard = turn.relay?.message ?? turn.message;
  const createdAt = turn.office.clock.now();
  await insertOutbox(
    turn.tx,
    all.flatMap((answer, index) => {
      const to = addressOfSpeaker(turn.office, heard, answer.where);
      if (to === null) return [];
      return [
        {
          key: `answer:${turn.messageId}:${index}`,
          to,
          mentions: to.conversationId === null ? [] : [heard.sender.platformUserId],
          priority: answer.priority,
          reply: sameConversation(heard, answer) ? heard.reply : null,
          body: {
            kind: "text",
            params: {
              text: turn.relay === null ? answer.text : toPaste(turn.relay.name, answer.text),
            },
            ...(answer.secret ? { secret: true } : {}),
            ...(answer.forgetReceiver ? { forgetReceiver: true } : {}),
          },
          createdAt,
        },
      ];
    }),
  );
}

/**
 * Where an answer to a message goes: its conversation, or its sender in private. Null where no channel
 * leads back: an app or a hotline asks by the API what became of its report.
 */
export function addressOfSpeaker(
  office: Office,
  message: IncomingMessage,
  where: Answer["where"],
): Address | null {
  const channel = livingChannel(office, message.channel);
  if (channel === null) return null;
  return where === "private" || message.conversation.type === "private"
    ? { channel, conversationId: null, platformUserId: message.sender.platformUserId }
    : { channel, conversationId: message.conversation.id, platformUserId: null };
}

const sameConversation = (message: IncomingMessage, answer: Answer): boolean =>
  answer.where === "here" || message.conversation.type === "private";

/** The privacy notice goes with the first real answer in private, after it, and never with small talk. */
async function privacyAnswer(turn: Turn, answers: readonly Answer[]): Promise<Answer[]> {
  const inPrivate = answers.some(
    (answer) => answer.where === "private" || turn.message.conversation.type === "private",
  );
  const real = !["chitchat", "ad", "notice", "unsupported", "privacyRequest"].includes(
    turn.understanding.kind,
  );
  if (!inPrivate || !real || isOfficial(turn.speaker)) return [];
  const account = {
    channel: turn.message.channel,
    platformUserId: turn.message.sender.platformUserId,
  };
  const at = turn.office.clock.now();
  if (!(await claimPrivacyNotice(turn.tx, account, at))) return [];
  await notePrivacy(turn.tx, {
    ...account,
    at,
    kind: "noticeShown",
    version: PRIVACY_VERSION,
    occasion: "firstContact",
    conversationId: null,
  });
  const district = await findDistrict(turn.tx);
  return [{ text: privacyHint(district?.name ?? "本区"), where: "private", priority: "direct" }];
}
