import type { Heard, RecentEvent } from "../../bot/understanding/understand.ts";
import type { EarlierEvent, LabelledMessage } from "./labelled-message.ts";

const SENT_AT = new Date("2026-11-23T10:00:00+08:00");

/** The message as the bot hears it: where nothing else is said, a private message of a resident without a history. */
export const heardMessage = (message: LabelledMessage): Heard => ({
  text: message.text,
  hasPicture: message.picture ?? false,
  sentAt: SENT_AT,
  speaker: {
    official: message.role != null,
    roles: message.role == null ? [] : [message.role],
  },
  conversation: {
    type: message.grid != null || message.chat != null ? "group" : "private",
    kind: message.chat ?? (message.grid == null ? null : "resident"),
    gridCode: message.grid ?? null,
  },
  pendingQuestion: message.pending ?? null,
  ownEvents: (message.own ?? []).map(earlier),
  neighbourEvents: (message.neighbour ?? []).map(earlier),
});

const earlier = ({ category, place, status }: EarlierEvent, index: number): RecentEvent => ({
  no: `SJ20261121-${String(index + 100).padStart(4, "0")}`,
  category,
  summary: "",
  placeRaw: place === "" ? null : place,
  gridCode: null,
  status,
  createdAt: new Date(SENT_AT.getTime() - 3_600_000),
});
