import type { Db } from "../db/client.ts";
import type { EventRecord } from "../db/queries/events.ts";
import type { Actor } from "../services/domain/actor.ts";
import type { IncomingMessage } from "../services/domain/incoming.ts";
import type { PlatformNaming } from "../services/domain/platform.ts";
import type { Understanding } from "../services/domain/understanding.ts";
import type { Office } from "../services/workflows/office.ts";
import type { ReportedBy } from "../services/workflows/report-event.ts";
import type { OpenQuestion } from "./answers/open-question.ts";
import type { DialogEngine, DialogState } from "./dialogs/engine.ts";
import type { District } from "./district.ts";
import type { Relay } from "./relay.ts";
import type { Setting } from "./setting.ts";
import type { Glance } from "./understanding/glance.ts";

/** One message, together with everything its answer may look at. */
export interface Turn {
  tx: Db;
  office: Office;
  district: District;
  dialogs: DialogEngine;
  messageId: string;
  message: IncomingMessage;
  speaker: Actor;
  /** whoever passed these words on for the speaker; null where people speak for themselves */
  relay: Relay | null;
  setting: Setting;
  understanding: Understanding;
  /** the speaker's own recent events, newest first */
  own: EventRecord[];
  /** open events of the same grid, newest first: what a neighbour may mean */
  neighbourNos: string[];
  /** an unfinished dialog of this speaker here */
  dialog: DialogState | null;
  /** what that dialog still waits to hear */
  question: OpenQuestion | null;
  /** categories and place of words cut out of a command */
  glance(text: string): Glance;
  publicUrl: string;
  /** the address of a call's printed form, good for a day */
  formLink(no: string): string;
  naming: PlatformNaming;
}

/** One thing to say back. */
export interface Answer {
  text: string;
  /** where the message came from, or to its speaker alone */
  where: "here" | "private";
  priority: "emergency" | "direct";
  /** forgotten once it is sent, such as an access token */
  secret?: boolean;
  /** to whom it went is forgotten once it is sent */
  forgetReceiver?: boolean;
}

/** What handling a message came to. */
export interface TurnResult {
  answers: Answer[];
  /** events it made or touched, for the record */
  eventNos: string[];
  /** a dialog to go on with; null ends one; absent leaves it as it is */
  dialog?: DialogState | null;
  /** whether the words may be kept: only what became part of an event, or a command, does */
  keepWords: boolean;
}

export const here = (text: string): Answer => ({ text, where: "here", priority: "direct" });
export const privately = (text: string): Answer => ({ text, where: "private", priority: "direct" });
export const urgently = (text: string): Answer => ({ text, where: "here", priority: "emergency" });

export const silence: TurnResult = { answers: [], eventNos: [], keepWords: false };

/** Says something without having touched an event. */
export const onlySay = (...answers: Answer[]): TurnResult => ({
  answers,
  eventNos: [],
  keepWords: false,
});

/** The speaker as reporter or neighbour; `item` counts the problems of one message. */
export const reportedBy = (turn: Turn, item: number): ReportedBy => ({
  actor: turn.speaker,
  channel: turn.message.channel,
  platformUserId: turn.message.sender.platformUserId,
  conversation: { id: turn.message.conversation.id, type: turn.message.conversation.type },
  reply: turn.message.reply,
  message: { id: turn.messageId, item },
});
