import { type Bot, createBot } from "../bot/bot.ts";
import { clarifyReport } from "../bot/dialogs/clarify-report.ts";
import { completeDraft } from "../bot/dialogs/complete-draft.ts";
import { createDialogEngine } from "../bot/dialogs/engine.ts";
import { readDistrict, readEarDirectory } from "../bot/district.ts";
import { pumpInbox } from "../bot/pump.ts";
import { createEar } from "../bot/understanding/understand.ts";
import type { Database } from "../db/client.ts";
import { newId } from "../db/queries/ids.ts";
import { makeCalendar } from "../services/calendar.ts";
import { realClock } from "../services/clock.ts";
import type { IncomingMessage } from "../services/domain/incoming.ts";
import { DEFAULT_POLICY } from "../services/domain/policy.ts";
import { silentLog } from "../services/log.ts";
import type { Office } from "../services/workflows/office.ts";

export const office: Office = {
  clock: realClock,
  calendar: makeCalendar(),
  policy: DEFAULT_POLICY,
  channels: new Set(["sandbox"]),
};

export interface Talking {
  /** One batch of stored messages is understood and answered; how many there were. */
  pump(): Promise<number>;
}

/** The bot over a database, without a channel: what it says stays in the outbox. */
export async function talking(database: Database): Promise<Talking> {
  const district = await readDistrict(database);
  const ear = await createEar({
    directory: await readEarDirectory(database, district),
    model: null,
    log: silentLog,
  });
  const bot: Bot = createBot({
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
  return {
    pump: () => pumpInbox({ database, office, bot, log: silentLog, flood: null, count: () => {} }),
  };
}

export const messageOf = (said: {
  conversationId: string;
  user: string;
  text: string;
}): IncomingMessage => ({
  channel: "sandbox",
  dedupeKey: newId(),
  conversation: { id: said.conversationId, type: "group", title: "网格群" },
  sender: { platformUserId: said.user, nick: null },
  sentAt: new Date(),
  text: said.text,
  attachments: [],
  location: null,
  reply: null,
  unsupported: null,
  source: null,
  onBehalfOf: null,
  placeHint: null,
});
