import type { Delivery } from "./deliveries.ts";
import type { Ear, Heard, Sent } from "./ledger.ts";
import { bodyOf, isPrivateOnly, type Said } from "./robot-messages.ts";
import type { World } from "./world.ts";

export const TOPIC_ROBOT = "/v1.0/im/bot/messages/get";

export interface Speaker {
  userId: string;
  nick: string;
  /** not of the organisation: DingTalk tells no staff id */
  outsider: boolean;
}

interface Listening {
  /**
   * Waits for a message that matches, after the one heard before.
   *
   * @param withinMs - default 30,000
   */
  hears(pattern: RegExp | string, withinMs?: number): Promise<Heard>;
  /** Everything that was said there. */
  said(): Sent[];
}

export interface GroupChat extends Listening {
  conversationId: string;
  /**
   * Somebody speaks; resolves when the message was pushed to the bot, or null if DingTalk does not
   * deliver it: without a mention, or a type that groups do not deliver.
   */
  says(userId: string, said: Said, how?: { mentioning?: boolean }): Promise<Delivery | null>;
}

export interface PrivateChat extends Listening {
  userId: string;
  conversationId: string;
  says(said: Said): Promise<Delivery>;
}

export function groupChat(
  world: World,
  conversationId: string,
  title: string,
  speakerOf: (userId: string) => Speaker,
): GroupChat {
  world.groups.add(conversationId);
  const ear: Ear = { name: title, belongs: (sent) => sent.conversationId === conversationId };
  const place = { conversationId, conversationType: "2", conversationTitle: title };
  return {
    conversationId,
    says: async (userId, said, { mentioning = true } = {}) => {
      if (!mentioning || isPrivateOnly(said)) return null;
      return push(world, speakerOf(userId), said, { ...place, isInAtList: true });
    },
    ...listening(world, ear),
  };
}

export function privateChat(world: World, speaker: Speaker): PrivateChat {
  const { userId } = speaker;
  const conversationId = `cidprivate${userId}`;
  const ear: Ear = {
    name: `${userId} in private`,
    belongs: (sent) => sent.userId === userId,
  };
  return {
    userId,
    conversationId,
    says: (said) => push(world, speaker, said, { conversationId, conversationType: "1" }),
    ...listening(world, ear),
  };
}

const listening = (world: World, ear: Ear): Listening => ({
  hears: (pattern, withinMs = 30_000) => world.ledger.hears(ear, pattern, withinMs),
  said: () => world.ledger.all().filter(ear.belongs),
});

function push(
  world: World,
  speaker: Speaker,
  said: Said,
  place: { conversationId: string; conversationType: string; [field: string]: unknown },
): Promise<Delivery> {
  const { settings } = world;
  const isGroup = place.conversationType === "2";
  const msgId = world.nextId("msg");
  const session = world.nextId("session");
  const expiresAt = world.now() + settings.webhookLifeMs;
  const { conversationId } = place;
  world.sessions.set(session, {
    conversationId,
    userId: isGroup ? null : speaker.userId,
    expiresAt,
  });

  const chatbotUserId = "$:LWCP_v1:$robot";
  const staffId = settings.published && !speaker.outsider ? speaker.userId : "";
  const message = {
    ...place,
    chatbotCorpId: settings.corpId,
    chatbotUserId,
    robotCode: settings.robotCode,
    msgId,
    senderId: `$:LWCP_v1:$${speaker.userId}`,
    senderStaffId: staffId,
    senderNick: speaker.nick,
    ...(speaker.outsider ? {} : { senderCorpId: settings.corpId }),
    ...(settings.published ? { isAdmin: false } : {}),
    ...(isGroup ? { atUsers: [{ dingtalkId: chatbotUserId }] } : {}),
    sessionWebhook: `${world.baseUrl()}/robot/sendBySession?session=${session}`,
    sessionWebhookExpiredTime: expiresAt,
    createAt: world.now(),
    senderPlatform: "Android",
    openThreadId: conversationId,
    ...bodyOf(said, isGroup, world),
  };
  return world.hub.push(TOPIC_ROBOT, JSON.stringify(message), msgId);
}
