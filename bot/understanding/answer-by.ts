import { readSpokenTimes } from "../../services/domain/spoken-time.ts";

/** 「12点前」, whether the reader of times takes the last sign as its own or not. */
const BEFORE = /[点分半刻时\d](?:钟|整)?[之以]?前/;

/** By when a demand wants its answer: 「明天12点前回」. Null when its words name no such time, or a past one. */
export function readAnswerBy(note: string, now: Date): Date | null {
  const named = readSpokenTimes(note, now).find(
    ({ exact, start, end, at }) => exact && at > now && BEFORE.test(note.slice(start, end + 2)),
  );
  return named?.at ?? null;
}
