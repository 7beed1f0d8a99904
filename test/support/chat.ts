import { createBot } from "../../bot/bot.ts";
import type { Channel } from "../../bot/channels/channel.ts";
import { clarifyReport } from "../../bot/dialogs/clarify-report.ts";
import { completeDraft } from "../../bot/dialogs/complete-draft.ts";
import { createDialogEngine } from "../../bot/dialogs/engine.ts";
import { readDistrict, readEarDirectory } from "../../bot/district.ts";
import type { FloodGuard } from "../../bot/flood.ts";
import { sender } from "../../bot/outbox.ts";
import { pumpInbox } from "../../bot/pump.ts";
import type { ChatModel } from "../../bot/understanding/model/chat-model.ts";
import { createEar } from "../../bot/understanding/understand.ts";
import type { Database } from "../../db/client.ts";
import { type EventRecord, findEvent, stepsOf } from "../../db/queries/events.ts";
import { loadSampleDistrict } from "../../db/registry/sample-district.ts";
import { makeCalendar } from "../../services/calendar.ts";
import type { Attachment, IncomingMessage } from "../../services/domain/incoming.ts";
import { DEFAULT_POLICY, type Policy } from "../../services/domain/policy.ts";
import { silentLog } from "../../services/log.ts";
import { deliverOutbox } from "../../services/workflows/deliver-outbox.ts";
import { expireDrafts } from "../../services/workflows/expire-drafts.ts";
import type { Office } from "../../services/workflows/office.ts";
import { messageStore } from "../../services/workflows/store-message.ts";
import { fixedClock } from "./clock.ts";
import { emptyDatabase, testDatabase } from "./database.ts";

/** What the bot said, and to whom: a conversation id, or `private:USER`. */
export interface Said {
  to: string;
  text: string;
}

export interface Chat {
  database: Database;
  office: Office;
  clock: ReturnType<typeof fixedClock>;
  /** Says something, lets the product work, and returns everything that was sent because of it. */
  say(
    userId: string,
    conversationId: string,
    text: string,
    more?: Partial<IncomingMessage>,
  ): Promise<Said[]>;
  /** A picture without words. */
  picture(userId: string, conversationId: string): Promise<Said[]>;
  /** Lets everything that is due happen and returns what was sent. */
  settle(): Promise<Said[]>;
  event(no: string): Promise<EventRecord>;
  steps(no: string): Promise<string[]>;
  /** An empty district at the first moment again. */
  fresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The whole product but for channels and HTTP: the sample district, a real database, the bot, a channel
 * that remembers what is sent, and a clock that stands still. Private chats are `private:USER`.
 */
export async function openChat(
  options: {
    policy?: Partial<Policy>;
    model?: ChatModel;
    /** whether the channel refuses for good what is sent there: a conversation id, or `private:USER` */
    refuses?: (to: string) => boolean;
    /** how much of one resident is heard at once; absent: everything */
    flood?: FloodGuard;
  } = {},
): Promise<Chat> {
  const { database } = await testDatabase();
  const clock = fixedClock("2026-11-25T09:00:00+08:00");
  await loadSampleDistrict(database, clock.now());
  const office: Office = {
    clock,
    calendar: makeCalendar(),
    policy: { ...DEFAULT_POLICY, ...options.policy },
    channels: new Set(["sandbox"]),
  };
  const district = await readDistrict(database);
  const ear = await createEar({
    directory: await readEarDirectory(database, district),
    model: options.model ?? null,
    log: silentLog,
  });
  const bot = createBot({
    database,
    office,
    ear: () => ear,
    district: () => district,
    dialogs: createDialogEngine((botkit) => [clarifyReport(botkit), completeDraft(botkit)]),
    privacy: { model: null },
    publicUrl: "http://127.0.0.1:3000",
    formLink: (no) => `http://127.0.0.1:3000/api/call-tickets/${no}/form`,
    naming: "fourPlatforms",
  });
  let sent: Said[] = [];
  const send = sender(
    new Map([
      ["sandbox", rememberingChannel((said) => sent.push(said), options.refuses ?? (() => false))],
    ]),
    () => district,
    "http://127.0.0.1:3000",
    () => {},
  );
  const store = messageStore(
    database,
    clock,
    () => {},
    () => {},
  );
  let messages = 0;

  const settle = async (): Promise<Said[]> => {
    sent = [];
    await expireDrafts(database, office, () => {});
    const flood = options.flood ?? null;
    while (
      (await pumpInbox({ database, office, bot, log: silentLog, flood, count: () => {} })) > 0
    );
    while ((await deliverOutbox(database, office, ["sandbox"], send)) > 0);
    return sent;
  };
  const say: Chat["say"] = async (userId, conversationId, text, more = {}) => {
    await store({
      channel: "sandbox",
      dedupeKey: `m${++messages}`,
      conversation: {
        id: conversationId,
        type: conversationId.startsWith("private:") ? "private" : "group",
        title: null,
      },
      sender: { platformUserId: userId, nick: null },
      sentAt: clock.now(),
      text,
      attachments: [],
      location: null,
      reply: null,
      unsupported: null,
      source: null,
      onBehalfOf: null,
      placeHint: null,
      ...more,
    });
    return settle();
  };
  return {
    database,
    office,
    clock,
    settle,
    say,
    picture: (userId, conversationId) =>
      say(userId, conversationId, "", { attachments: [aPicture] }),
    async event(no) {
      const event = await findEvent(database, no);
      if (event === null) throw new Error(`no event ${no}`);
      return event;
    },
    steps: async (no) => (await stepsOf(database, no)).map((step) => step.action),
    async fresh() {
      clock.reset();
      await emptyDatabase(database);
      await loadSampleDistrict(database, clock.now());
    },
    close: () => database.close(),
  };
}

export const aPicture: Attachment = {
  kind: "picture",
  ref: "picture-1",
  fileName: null,
  transcript: null,
};

function rememberingChannel(
  remember: (said: Said) => void,
  refuses: (to: string) => boolean,
): Channel {
  return {
    name: "sandbox",
    capabilities: {
      groupHearing: "mentionsOnly",
      cards: false,
      edits: false,
      markdown: false,
      stream: false,
      voice: false,
      location: false,
      proactive: "always",
      quotas: [],
    },
    start: async () => {},
    stop: async () => {},
    send: async (message) => {
      const to =
        message.to.type === "conversation"
          ? message.to.conversationId
          : `private:${message.to.platformUserId}`;
      if (refuses(to)) return { outcome: "refused", reason: "nobody is there" };
      remember({ to, text: message.text });
      return { outcome: "sent", platformMessageId: null };
    },
    health: () => ({ state: "ready", since: new Date(0), detail: null }),
  };
}

/** The first event number in what was said. */
export function numberIn(said: readonly Said[]): string {
  const found = /SJ\d{8}-\d{4,}/.exec(said.map((one) => one.text).join("\n"));
  if (found === null) throw new Error(`no event number in: ${JSON.stringify(said)}`);
  return found[0];
}
