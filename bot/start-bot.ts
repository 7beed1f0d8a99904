import type { Database } from "../db/client.ts";
import { cardArrived } from "../db/queries/cards.ts";
import { classifierEntryInUse } from "../db/queries/classifiers.ts";
import { takeModelCall } from "../db/queries/counters.ts";
import { findSite } from "../db/queries/directory.ts";
import { takeOverLeases } from "../db/queries/leases.ts";
import { aliasesChangedAt } from "../db/queries/place-aliases.ts";
import { realClock } from "../services/clock.ts";
import type { Config } from "../services/config.ts";
import type { IncomingMessage } from "../services/domain/incoming.ts";
import type { Rehearsal } from "../services/domain/rehearsal.ts";
import { formLinks } from "../services/form-link.ts";
import type { Log } from "../services/log.ts";
import { type Loop, startLoop } from "../services/loop.ts";
import type { Metrics } from "../services/metrics.ts";
import { minuteCounter } from "../services/minute-counter.ts";
import { deliverOutbox } from "../services/workflows/deliver-outbox.ts";
import type { Office } from "../services/workflows/office.ts";
import { createBot } from "./bot.ts";
import { makeCard } from "./cards/make-card.ts";
import { refreshCards } from "./cards/refresh-cards.ts";
import type { Channel } from "./channels/channel.ts";
import { clarifyReport } from "./dialogs/clarify-report.ts";
import { completeDraft } from "./dialogs/complete-draft.ts";
import { createDialogEngine } from "./dialogs/engine.ts";
import { type District, readDistrict, readEarDirectory } from "./district.ts";
import { HOLD_MS } from "./flood.ts";
import { keepAttachments } from "./keep-attachments.ts";
import { sender } from "./outbox.ts";
import { pumpInbox } from "./pump.ts";
import { rehearsed } from "./rehearse.ts";
import { readModel } from "./understanding/learned/model-file.ts";
import { createChatModel } from "./understanding/model/openai-model.ts";
import { PROMPT_VERSION } from "./understanding/model/prompt.ts";
import { createEar, type Ear, type UnderstandingDirectory } from "./understanding/understand.ts";

export interface BotParts {
  config: Config;
  database: Database;
  office: Office;
  channels: ReadonlyMap<string, Channel>;
  metrics: Metrics;
  log: Log;
}

export interface RunningBot {
  /** there is a new message in the inbox */
  wake(): void;
  /** categories of the catalog that words speak for, best first */
  categoriesOf(text: string): string[];
  /** how a report would be read, by rules; nothing is written or said */
  rehearse(text: string, gridCode: string | null): Rehearsal;
  /** of the prompt that the model is told */
  promptVersion: string;
  /** whether this version of the product reads a classifier's weights */
  readsClassifier(model: string): boolean;
  /** one round of inbox and outbox */
  round(): Promise<void>;
  /** opens the channels; what they bring is stored by `store` */
  listen(store: (message: IncomingMessage) => Promise<"stored" | "seenBefore">): Promise<void>;
  /** no new messages, work in hand finished, connections closed */
  stop(): Promise<void>;
}

// Polling finds what another instance wrote; within one process everything is woken at once.
const IDLE_MS = 500;
const ATTACHMENTS_IDLE_MS = 2_000;
const CARDS_IDLE_MS = 1_000;
const REGISTRY_IDLE_MS = 3_000;

/** Starts everything that talks with people: inbox → bot, outbox → channels, attachments. */
export async function startBot(parts: BotParts): Promise<RunningBot> {
  const { config, database, office, channels, metrics, log } = parts;
  await takeOverLeases(database);
  let district = await readDistrict(database);
  const ear = await openEar(parts, district);
  const bot = createBot({
    database,
    office,
    ear: () => ear,
    district: () => district,
    dialogs: createDialogEngine((botkit) => [clarifyReport(botkit), completeDraft(botkit)]),
    privacy: {
      model:
        config.model === null ? null : { name: config.model.model, filingNo: config.modelFilingNo },
    },
    publicUrl: config.publicUrl,
    formLink: (no) =>
      `${config.publicUrl}${formLinks(config.adminToken, no, office.clock.now()).html}`,
    naming: config.platformNaming,
  });
  const sendable = () =>
    [...channels.values()]
      .filter((channel) => channel.canSend?.() ?? true)
      .map((channel) => channel.name);
  const send = sender(
    channels,
    () => district,
    config.publicUrl,
    (outcome) => metrics.count("yihu_outbox_total", { outcome }),
    {
      cardFor: (row, text) =>
        makeCard(database, office, row, text, (path) => `${config.publicUrl}${path}`),
      arrived: (id) => cardArrived(database, id),
    },
  );

  const most = config.chatMessagesPerMinute;
  const flood = most === null ? null : { counter: minuteCounter(realClock, most), holdMs: HOLD_MS };
  const outbox: Loop = startLoop(
    "outbox",
    IDLE_MS,
    () => deliverOutbox(database, office, sendable(), send),
    log,
  );
  const inbox: Loop = startLoop(
    "inbox",
    IDLE_MS,
    async () => {
      const count = (outcome: string) => metrics.count("yihu_messages_total", { outcome });
      const handled = await pumpInbox({ database, office, bot, log, flood, count });
      if (handled > 0) {
        outbox.wake();
        cards.wake();
        attachments.wake();
      }
      return handled;
    },
    log,
  );
  const attachments: Loop = startLoop(
    "attachments",
    ATTACHMENTS_IDLE_MS,
    () => keepAttachments(database, channels, config.dataDir, log),
    log,
  );
  const cards: Loop = startLoop(
    "cards",
    CARDS_IDLE_MS,
    () => refreshCards(database, office, channels),
    log,
  );
  const registry: Loop = startLoop("registry", REGISTRY_IDLE_MS, followRegistry, log);

  return {
    wake: () => inbox.wake(),
    categoriesOf: (text) => ear.glance(text).categories,
    rehearse: (text, gridCode) => rehearsed(ear, text, gridCode, office.clock.now()),
    promptVersion: PROMPT_VERSION,
    readsClassifier(model) {
      try {
        readModel(model);
        return true;
      } catch {
        return false;
      }
    },
    async round() {
      await inbox.round();
      await outbox.round();
      await cards.round();
    },
    async listen(store) {
      await Promise.all([...channels.values()].map((channel) => channel.start(store)));
    },
    async stop() {
      await Promise.all([...channels.values()].map((channel) => channel.stop()));
      await Promise.all([registry, inbox, attachments, cards].map((loop) => loop.stop()));
      await outbox.stop();
    },
  };

  /** Takes in what an import or a switched classifier changed, without a restart. */
  async function followRegistry(): Promise<number> {
    const site = await findSite(database);
    const imported = site?.importedAt?.getTime() !== district.importedAt?.getTime();
    const taught =
      (await aliasesChangedAt(database))?.getTime() !== district.namesTaughtAt?.getTime();
    const classifier = (await classifierEntryInUse(database))?.version ?? null;
    if (!imported && !taught && classifier === district.classifier) return 0;
    const changed: District = await readDistrict(database);
    await ear.learn(await listened(parts, changed));
    district = changed;
    log.info(
      {
        categories: district.categories.size,
        grids: district.grids.size,
        classifier: district.classifier,
      },
      "the registry was read again",
    );
    return 0;
  }
}

async function openEar(
  { config, database, office, log }: BotParts,
  district: District,
): Promise<Ear> {
  const most = config.modelDailyCalls;
  const budget =
    most === null ? {} : { spend: () => takeModelCall(database, most, office.clock.now()) };
  const model = config.model === null ? null : createChatModel(config.model, { log, ...budget });
  return createEar({ directory: await listened({ database, log }, district), model, log });
}

/** What the ear listens with; an outdated classifier is said, not a reason to stop. */
async function listened(
  { database, log }: Pick<BotParts, "database" | "log">,
  district: District,
): Promise<UnderstandingDirectory> {
  const directory = await readEarDirectory(database, district);
  if (district.classifier !== null && directory.learned === null) {
    log.warn(
      { classifier: district.classifier },
      "the classifier in use was made for another version of the product; the lexicon reads alone: train it again with `npm run train -- --district`",
    );
  }
  return directory;
}
