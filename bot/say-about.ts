import { saidInPrivate } from "./replies/general.ts";
import { type Answer, here, privately, type Turn } from "./turn.ts";

/** An answer about an event. In a group everybody reads along: what is confidential is said in private. */
export const sayAbout = (
  turn: Pick<Turn, "message">,
  event: { confidential: boolean },
  text: string,
): Answer[] =>
  event.confidential && turn.message.conversation.type === "group"
    ? [here(saidInPrivate), privately(text)]
    : [here(text)];

/** The subject of an event as it may be named here. */
export const subjectHere = (
  turn: Pick<Turn, "message">,
  event: { confidential: boolean; summary: string },
): string =>
  event.confidential && turn.message.conversation.type === "group"
    ? "(保密件,请私聊我说)"
    : event.summary;
