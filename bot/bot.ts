import type { Database } from "../db/client.ts";
import { outdateCard } from "../db/queries/cards.ts";
import { readDialog, writeDialog } from "../db/queries/dialogs.ts";
import {
  type EventRecord,
  eventNosOfReporter,
  findEvents,
  openEventNosOfGrid,
} from "../db/queries/events.ts";
import { type InboxRow, laneOf, markHandled } from "../db/queries/inbox.ts";
import { isOfficial } from "../services/domain/actor.ts";
import type { IncomingMessage } from "../services/domain/incoming.ts";
import { maskPersonalData } from "../services/domain/masking.ts";
import type { PlatformNaming } from "../services/domain/platform.ts";
import { joinedReporter } from "../services/domain/separate.ts";
import type { Understanding } from "../services/domain/understanding.ts";
import { failpoint } from "../services/failpoint.ts";
import type { Office } from "../services/workflows/office.ts";
import { answer } from "./answer.ts";
import { type OpenQuestion, openQuestion } from "./answers/open-question.ts";
import { adoptPictures } from "./answers/pictures.ts";
import type { PrivacyFactsSource } from "./answers/privacy.ts";
import { readPress } from "./cards/read-press.ts";
import { refusePress } from "./cards/refuse-press.ts";
import type { DialogEngine, DialogState } from "./dialogs/engine.ts";
import type { District } from "./district.ts";
import { greet } from "./greet.ts";
import { HandledElsewhere } from "./handled-elsewhere.ts";
import { withEventNumbers } from "./order-numbers.ts";
import { queueAnswers } from "./queue-answers.ts";
import { auditRelay, type Spoken, spokenBy } from "./relay.ts";
import { type Setting, settingOf } from "./setting.ts";
import { speakerOf } from "./speaker.ts";
import type { Turn } from "./turn.ts";
import { placeOfHint, withPlaceHint } from "./understanding/place-hint.ts";
import type { Ear, RecentEvent } from "./understanding/understand.ts";

export interface BotDeps {
  database: Database;
  office: Office;
  ear: () => Ear;
  district: () => District;
  dialogs: DialogEngine;
  privacy: PrivacyFactsSource;
  publicUrl: string;
  /** the address of a call's printed form, good for a day */
  formLink(no: string): string;
  naming: PlatformNaming;
}

export interface Bot {
  /** Understands one message and does what it asks, in one transaction with the answers. */
  handle(row: InboxRow): Promise<void>;
}

/**
 * Who speaks → what they mean → which workflow → which reply. What is slow (the model) comes before
 * the transaction; inside it everything is written, or nothing is.
 */
export function createBot(deps: BotDeps): Bot {
  return {
    async handle(stored) {
      if (stored.message.joined) return greet(deps, stored);
      const read = await readPress(deps.database, stored.message, deps.office.clock.now());
      if (!read.ok) return refusePress(deps, stored, read);
      const row = { ...stored, message: read.message };
      const heard = await listen(deps, row);
      failpoint("understood");
      const { message, relay } = heard;
      await deps.database.transaction(async (tx) => {
        const turn: Turn = {
          tx,
          office: deps.office,
          district: deps.district(),
          dialogs: deps.dialogs,
          messageId: row.id,
          message,
          speaker: heard.speaker,
          relay,
          setting: heard.setting,
          understanding: heard.understanding,
          own: await findEvents(tx, heard.ownNos),
          neighbourNos: heard.neighbourNos,
          dialog: heard.dialog,
          question: heard.question,
          glance: (text) => deps.ear().glance(text),
          publicUrl: deps.publicUrl,
          formLink: deps.formLink,
          naming: deps.naming,
        };
        const result = await answer(turn, deps.privacy);
        if (result.dialog !== undefined)
          await writeDialog(tx, laneOf(message), result.dialog, deps.office.clock.now());
        await adoptPictures(turn, result);
        await queueAnswers(turn, result.answers);
        // Its buttons get new words: what was refused can be pressed once more.
        if (message.press !== undefined) await outdateCard(tx, message.press.card);
        if (relay !== null) await auditRelay(tx, relay, result.eventNos, deps.office.clock.now());
        const first = await markHandled(tx, row.id, deps.office.clock.now(), {
          kind: heard.understanding.kind,
          reading: readingOf(heard.understanding, result.eventNos),
          keepWords: result.keepWords,
        });
        if (!first) throw new HandledElsewhere(row.id);
        failpoint("written");
      });
      failpoint("committed");
    },
  };
}

interface Listened extends Spoken {
  setting: Setting;
  understanding: Understanding;
  ownNos: string[];
  neighbourNos: string[];
  dialog: DialogState | null;
  question: OpenQuestion | null;
}

const DAY_MS = 86_400_000;
// 「上礼拜我报的路灯」: how far back people refer to their own reports.
const OWN_DAYS = 60;

async function listen(
  { database, office, ear, district }: BotDeps,
  row: InboxRow,
): Promise<Listened> {
  const now = office.clock.now();
  const said = await spokenBy(database, await speakerOf(database, row.message), row.message);
  const { speaker } = said;
  const message = isOfficial(speaker)
    ? { ...said.message, text: await withEventNumbers(database, said.message.text) }
    : said.message;
  const spoken = { ...said, message };
  const setting = await settingOf(database, message);
  const dialog = await readDialog(database, laneOf(message));
  const account = { channel: message.channel, platformUserId: message.sender.platformUserId };
  const ownNos = await eventNosOfReporter(
    database,
    account,
    new Date(now.getTime() - OWN_DAYS * DAY_MS),
  );
  const own = await findEvents(database, ownNos);
  const question = openQuestion(dialog, own, now, office.policy.correctionMinutes);
  const gridCode =
    setting.type === "group" ? (setting.grid?.code ?? null) : knownGrid(district(), message);
  const neighbourNos =
    gridCode === null
      ? []
      : await openEventNosOfGrid(
          database,
          gridCode,
          new Date(now.getTime() - office.policy.joinHours * 3_600_000),
        );
  const read = await ear().understand({
    text: message.text,
    hasPicture: message.attachments.some((attachment) => attachment.kind === "picture"),
    sentAt: message.sentAt,
    speaker: { official: speaker.roles.length > 0, roles: speaker.roles },
    conversation: {
      type: message.conversation.type,
      kind: setting.type === "group" ? setting.group.kind : null,
      gridCode,
    },
    pendingQuestion: question?.asks ?? null,
    ...(message.order === undefined ? {} : { order: true as const }),
    ...(message.chosenCategory === undefined ? {} : { chosenCategory: message.chosenCategory }),
    ownEvents: own.map((event) => ({
      ...recent(event),
      joined: joinedReporter(event.state, speaker) !== null,
    })),
    neighbourEvents: (
      await findEvents(
        database,
        neighbourNos.filter((no) => !ownNos.includes(no)),
      )
    ).map(recent),
  });
  const { placeHint: hint } = message;
  const understanding =
    hint === null
      ? read
      : withPlaceHint(
          read,
          placeOfHint(hint, ear().glance(maskPersonalData(hint)).place),
          message.order !== undefined,
        );
  return { ...spoken, setting, understanding, ownNos, neighbourNos, dialog, question };
}

/** The grid that a private chat brings along, such as by the QR code its owner scanned. */
const knownGrid = ({ grids }: District, { gridCode }: IncomingMessage): string | null =>
  gridCode !== undefined && grids.has(gridCode) ? gridCode : null;

const recent = ({ row }: EventRecord): RecentEvent => ({
  no: row.no,
  category: row.category,
  summary: row.summary,
  placeRaw: row.placeRaw,
  gridCode: row.gridCode,
  status: row.status,
  createdAt: row.createdAt,
});

/** How the bot read a message, for the sandbox and the desk; without the words. */
function readingOf(understanding: Understanding, eventNos: readonly string[]) {
  return {
    kind: understanding.kind,
    commands: understanding.commands.map((command) => command.action),
    items: understanding.items.map((item) => ({
      category: item.category,
      summary: item.summary,
      place: item.place.standard || item.place.raw || null,
      level: item.level,
      urgency: item.urgency,
      candidates: item.candidates,
    })),
    confidence: understanding.confidence,
    by: understanding.by,
    injection: understanding.injection,
    eventNos,
  };
}
