import type { Understood } from "./api.ts";
import type { Speaker } from "./speakers.ts";
import type { Pending, Thread } from "./thread.ts";
import { needsTime, whenSaid } from "./words-of-time.ts";

export interface ShownMessage {
  key: string;
  from: string;
  name: string;
  /** role of officials, so that a trainer sees who is who */
  about: string;
  mine: boolean;
  text: string;
  pictures: string[];
  understood: Understood | null;
  /** written above the message after a pause */
  time: string | null;
  state: "arrived" | "sending" | "failed";
  problem: string;
  pending: Pending | null;
}

/** Lines and what is still on its way, as one sequence. */
export function shownMessages(
  thread: Thread,
  now: number,
  whoIs: (userId: string) => Pick<Speaker, "name" | "about">,
): ShownMessage[] {
  let before: number | null = null;
  const timeAbove = (at: number): string | null => {
    const time = needsTime(at, before) ? whenSaid(at, now) : null;
    before = at;
    return time;
  };
  const common = (from: string) => ({
    from,
    ...(from === "bot" ? { name: "一呼", about: "" } : whoIs(from)),
    mine: from === thread.speaker.userId,
  });
  return [
    ...thread.lines.map((line) => ({
      ...common(line.from),
      key: line.messageId ?? line.id,
      text: line.text,
      pictures: line.pictures,
      understood: line.understood,
      time: timeAbove(Date.parse(line.at)),
      state: "arrived" as const,
      problem: "",
      pending: null,
    })),
    ...thread.pending.map((pending) => ({
      ...common(pending.from),
      key: pending.messageId,
      text: pending.text,
      pictures: pending.pictures.map((picture) => picture.previewUrl),
      understood: null,
      time: timeAbove(pending.at),
      state: pending.state,
      problem: pending.problem,
      pending,
    })),
  ];
}
