import type { Line } from "./api.ts";
import type { ChosenPicture } from "./picture.ts";
import type { Speaker } from "./speakers.ts";

/** Something said here that the product has not confirmed yet. */
export interface Pending {
  messageId: string;
  from: string;
  text: string;
  pictures: ChosenPicture[];
  at: number;
  state: "sending" | "failed";
  problem: string;
}

/** One conversation as far as it is loaded. */
export interface Thread {
  lines: Line[];
  pending: Pending[];
  loaded: boolean;
  /** there may be older lines on the server */
  hasEarlier: boolean;
  unread: number;
  /** ms of real time since which an answer is expected; null when none is */
  waitingSince: number | null;
  draft: string;
  speaker: Speaker;
}

export const emptyThread = (speaker: Speaker): Thread => ({
  lines: [],
  pending: [],
  loaded: false,
  hasEarlier: false,
  unread: 0,
  waitingSince: null,
  draft: "",
  speaker,
});

/** Adds lines by id, keeps the order of arrival, and drops what was pending and has now arrived. */
export function merge(thread: Thread, lines: readonly Line[]): void {
  const byId = new Map(thread.lines.map((line) => [line.id, line]));
  for (const line of lines) byId.set(line.id, line);
  thread.lines = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const arrived = new Set(lines.map((line) => line.messageId));
  for (const pending of thread.pending) {
    if (!arrived.has(pending.messageId)) continue;
    for (const picture of pending.pictures) URL.revokeObjectURL(picture.previewUrl);
  }
  thread.pending = thread.pending.filter((pending) => !arrived.has(pending.messageId));
}

/** A reading comes after its message; further back than this nobody waits for one. */
const STILL_UNREAD_AMONG = 30;

/** The line after which to fetch again so that late readings are seen; undefined for the beginning. */
export function fetchAfter(thread: Thread): string | undefined {
  const recent = thread.lines.slice(-STILL_UNREAD_AMONG);
  const start = thread.lines.length - recent.length;
  const unread = recent.findIndex((line) => line.from !== "bot" && line.understood === null);
  return thread.lines[unread === -1 ? thread.lines.length - 1 : start + unread - 1]?.id;
}
