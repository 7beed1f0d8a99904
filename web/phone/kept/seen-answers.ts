import { ApiError } from "../../signed-in/call-api.ts";
import { all, get, put, remove } from "./phone-store.ts";

interface Seen {
  key: string;
  at: number;
  answer: unknown;
}

const MOST_KEPT = 80;

/** An answer, and since when it is known where the server could not be asked. */
export interface Known<Answer> {
  answer: Answer;
  /** ms; null: fresh */
  since: number | null;
}

/**
 * Asks, and keeps the answer for when there is no signal; then what was seen last is given.
 *
 * @param slim - leaves out what must not lie on a phone, such as residents' words
 */
export async function askOrRecall<Answer>(
  key: string,
  ask: () => Promise<Answer>,
  slim: (answer: Answer) => Answer = (answer) => answer,
): Promise<Known<Answer>> {
  try {
    const answer = await ask();
    await put("answers", { key, at: Date.now(), answer: plain(slim(answer)) } as Seen);
    return { answer, since: null };
  } catch (error) {
    if (!isAway(error)) throw error;
    const seen = await get<Seen>("answers", key);
    if (seen === undefined) throw error;
    return { answer: seen.answer as Answer, since: seen.at };
  }
}

export const isAway = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** The oldest go: a phone is small. */
export async function tidySeen(): Promise<void> {
  const seen = await all<Seen>("answers");
  const old = seen.sort((a, b) => b.at - a.at).slice(MOST_KEPT);
  for (const { key } of old) await remove("answers", key);
}

/** Stores take no reactive objects. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
