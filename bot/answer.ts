import { writeAudit } from "../db/queries/audit.ts";
import { insertOutbox } from "../db/queries/outbox.ts";
import { meetResident } from "../db/queries/residents.ts";
import { isOfficial } from "../services/domain/actor.ts";
import { maskPersonalData } from "../services/domain/masking.ts";
import { commandRoomAddresses } from "../services/workflows/addresses.ts";
import { answerBareConsent } from "./answers/call-consent.ts";
import { answerDraftQuestion, answerWhatFor } from "./answers/call-draft.ts";
import { answerClarification } from "./answers/clarification.ts";
import { answerEmergency } from "./answers/emergency.ts";
import {
  answerCorrection,
  answerJoin,
  answerRating,
  answerSupplement,
  answerUrge,
  answerWithdrawal,
} from "./answers/follow-up.ts";
import { answerPatrol, answerSelfHandled } from "./answers/grid-work.ts";
import { answerDutyChange } from "./answers/leave.ts";
import { DIALOG_EVENT, isCourtesy, isCritical } from "./answers/open-question.ts";
import { answerOrder } from "./answers/order.ts";
import { answerPicture } from "./answers/pictures.ts";
import { answerPrivacy, type PrivacyFactsSource } from "./answers/privacy.ts";
import { answerProgress, answerStatus } from "./answers/progress.ts";
import { answerReport } from "./answers/report.ts";
import { answerSeparation } from "./answers/separation.ts";
import { answerHandOver, answerWhichService } from "./answers/service-question.ts";
import { runCommands } from "./commands/run-commands.ts";
import type { DialogState } from "./dialogs/engine.ts";
import {
  firstGreeting,
  injection,
  rumor,
  strangeGroup,
  unsupported,
  welcome,
} from "./replies/general.ts";
import { here, onlySay, silence, type Turn, type TurnResult } from "./turn.ts";

/** Which workflow a message calls for, by what it was taken for. */
export async function answer(turn: Turn, privacy: PrivacyFactsSource): Promise<TurnResult> {
  const result = await answerMessage(turn, privacy);
  const over = typeof turn.dialog?.[DIALOG_EVENT] === "string" && turn.question === null;
  return over && result.dialog === undefined ? { ...result, dialog: null } : result;
}

async function answerMessage(turn: Turn, privacy: PrivacyFactsSource): Promise<TurnResult> {
  const { understanding, setting } = turn;
  if (turn.message.order !== undefined) return answerOrder(turn, turn.message.order);
  if (understanding.emergency !== null) return answerEmergency(turn, understanding.emergency);
  if (tellsMoreOfDanger(turn)) return answerSupplement(turn);
  if (setting.type === "strangeGroup") return onlySay(here(strangeGroup(setting.conversationId)));
  if (understanding.injection) await noteInjection(turn);

  const isNew = isOfficial(turn.speaker) ? false : await meet(turn);
  if (turn.message.arrived) return answerArrival(turn, isNew);
  const clarified = turn.dialog === null ? null : await goOn(turn, turn.dialog);
  if (clarified !== null) return clarified;

  switch (understanding.kind) {
    case "command":
      return runCommands(turn);
    case "report":
    case "emergency":
    case "consult":
    case "help":
    case "suggestion":
    case "complaint":
    case "wishPublish":
      return answerReport(turn);
    case "supplement":
      return answerSupplement(turn);
    case "correct":
      return answerCorrection(turn);
    case "metoo":
      return answerNeighbour(turn);
    case "separate":
      return answerSeparation(turn);
    case "withdraw":
      return answerWithdrawal(turn);
    case "progressQuery":
      return answerProgress(turn);
    case "urge":
      return answerUrge(turn);
    case "rating":
      return answerRating(turn);
    case "patrolLog":
      return answerPatrol(turn);
    case "selfHandled":
      return answerSelfHandled(turn);
    case "dutyChange":
      return answerDutyChange(turn);
    case "privacyRequest":
      return answerPrivacy(turn, understanding.privacy ?? "notice", privacy);
    case "handOver":
      return answerHandOver(turn);
    case "mediaOnly":
      return answerPicture(turn);
    case "rumor":
      return answerRumor(turn);
    case "injectionOnly":
      return onlySay(here(injection));
    case "unsupported":
      return onlySay(here(unsupported(turn.message.unsupported ?? "这种消息")));
    case "chitchat":
      return answerTalk(turn, isNew);
    case "ad":
    case "notice":
      return silence;
  }
}

/**
 * Small talk is not answered; only somebody new in a private chat is told what this is. Whoever names an
 * event wants to know of it, however they put it.
 */
async function answerTalk(turn: Turn, isNew: boolean): Promise<TurnResult> {
  const no = turn.understanding.numbers.find((named) => named.startsWith("SJ"));
  if (no !== undefined) return answerStatus(turn, no);
  const consent = await answerBareConsent(turn);
  if (consent !== null) return consent;
  return isNew && turn.message.conversation.type === "private"
    ? onlySay(here(firstGreeting))
    : silence;
}

/** Somebody opened the chat: whoever is here for the first time, or by the code of a grid, is welcomed. */
function answerArrival(turn: Turn, isNew: boolean): TurnResult {
  const grid = arrivedIn(turn);
  if (isOfficial(turn.speaker) || (grid === null && !isNew)) return silence;
  return onlySay(here(welcome(grid)));
}

/** The grid whose QR code brought somebody here; null where none did. */
const arrivedIn = ({ district, message }: Turn): string | null =>
  message.gridCode === undefined ? null : (district.grids.get(message.gridCode)?.name ?? null);

/** An unfinished conversation of this speaker: about a report, or about the draft of a call. */
const goOn = async (turn: Turn, dialog: DialogState): Promise<TurnResult | null> =>
  (turn.question === null ? null : await answerClarification(turn, dialog, turn.question)) ??
  answerWhichService(turn, dialog) ??
  (await answerWhatFor(turn, dialog)) ??
  (await answerDraftQuestion(turn, dialog));

/** After a cry for help nothing its sender says is small talk: the command room reads it. */
const tellsMoreOfDanger = ({ question, understanding, message }: Turn): boolean =>
  question !== null &&
  question.event.row.status !== "draft" &&
  isCritical(question.event) &&
  ["chitchat", "supplement"].includes(understanding.kind) &&
  message.text.trim() !== "" &&
  !isCourtesy(message.text);

const meet = (turn: Turn): Promise<boolean> =>
  meetResident(
    turn.tx,
    { channel: turn.message.channel, platformUserId: turn.message.sender.platformUserId },
    turn.office.clock.now(),
  );

/** 「我家也没水」: the open event nearby that it repeats, else a report of its own. */
async function answerNeighbour(turn: Turn): Promise<TurnResult> {
  const [named] = turn.understanding.numbers;
  if (named !== undefined) return answerJoin(turn, named);
  return turn.understanding.items.length > 0 ? answerReport(turn) : silence;
}

async function answerRumor(turn: Turn): Promise<TurnResult> {
  const streetCode = turn.setting.type === "group" ? (turn.setting.grid?.streetCode ?? null) : null;
  const addresses = await commandRoomAddresses(turn.tx, turn.office, streetCode);
  await insertOutbox(
    turn.tx,
    addresses.map((address) => ({
      key: `rumor:${turn.messageId}:${address.key}`,
      to: address.to,
      priority: "notice" as const,
      body: {
        kind: "rumorHeard",
        params: { summary: maskPersonalData(turn.message.text).slice(0, 80) },
      },
      createdAt: turn.office.clock.now(),
    })),
  );
  return onlySay(here(rumor));
}

/** Somebody tried to give the bot orders: written down, and nothing else changes. */
const noteInjection = (turn: Turn): Promise<void> =>
  writeAudit(turn.tx, {
    at: turn.office.clock.now(),
    actor: turn.speaker,
    action: "injection",
    subject: { type: "message", no: turn.messageId },
    outcome: "refused",
    reason: "promptInjection",
  });
