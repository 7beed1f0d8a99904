import type { RunningProduct } from "../../test/support/product.ts";

/** The made-up district as a script plays it: people say things, the clock moves, the product answers. */
export interface Town {
  /** Says something and waits until the product has done all that follows from it. */
  say(userId: string, conversationId: string, text: string): Promise<void>;
  /** Moves the clock to an hour of the next working day. */
  nextMorning(hour: number): Promise<void>;
  /** @param minutes - forward */
  pass(minutes: number): Promise<void>;
  /** the numbers of all events in a status, oldest first */
  eventsIn(status: string): Promise<Found[]>;
  lastCall(): Promise<string>;
  /** What the bot wrote last in a conversation that holds the pattern. */
  heard(conversationId: string, pattern: RegExp): Promise<string>;
}

export function openTown({ api }: RunningProduct): Town {
  const ask = async <Body>(path: string, body?: unknown): Promise<Body> => {
    const answer = await api(path, body);
    if (answer.status >= 400)
      throw new Error(`${path} was refused: ${JSON.stringify([body, answer.body])}`);
    return answer.body as Body;
  };
  const pass = async (minutes: number) =>
    void (await ask("/sandbox/clock", { advance: `PT${minutes}M` }));

  return {
    pass,
    async say(userId, conversationId, text) {
      await ask("/sandbox/messages", { userId, conversationId, text });
      await pass(1);
    },
    async nextMorning(hour) {
      const { now } = await ask<{ now: string }>("/sandbox/clock");
      const day = new Date(Date.parse(now) + 8 * HOUR_MS);
      do day.setUTCDate(day.getUTCDate() + 1);
      while (day.getUTCDay() === 0 || day.getUTCDay() === 6);
      const date = day.toISOString().slice(0, 10);
      await ask("/sandbox/clock", { now: `${date}T${String(hour).padStart(2, "0")}:00:00+08:00` });
    },
    async eventsIn(status) {
      const { items } = await ask<{ items: Event[] }>(`/api/events?status=${status}&limit=100`);
      return items
        .map(({ no, summary, streetCode, place, assignees }) => ({
          no,
          summary,
          streetCode,
          gridCode: place.gridCode,
          holder: assignees[0]?.orgCode ?? null,
        }))
        .reverse();
    },
    async lastCall() {
      const { items } = await ask<{ items: { no: string }[] }>("/api/call-tickets?limit=1");
      return items[0]?.no ?? "";
    },
    async heard(conversationId, pattern) {
      const path = `/sandbox/messages?conversationId=${encodeURIComponent(conversationId)}`;
      const { items } = await ask<{ items: { text: string }[] }>(path);
      const found = items.findLast(({ text }) => pattern.test(text));
      const [match] = pattern.exec(found?.text ?? "") ?? [];
      if (match === undefined) throw new Error(`${conversationId} has nothing like ${pattern}.`);
      return match;
    },
  };
}

interface Event {
  no: string;
  summary: string;
  streetCode: string | null;
  place: { gridCode: string | null };
  assignees: { orgCode: string }[];
}

export interface Found {
  no: string;
  summary: string;
  streetCode: string | null;
  gridCode: string | null;
  /** the organisation that has it */
  holder: string | null;
}

const HOUR_MS = 3_600_000;
