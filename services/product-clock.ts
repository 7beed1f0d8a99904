import type { Db } from "../db/client.ts";
import {
  addToClockOffset,
  raiseClockOffset,
  readClockOffset,
} from "../db/queries/product-clock.ts";
import { type Clock, realClock } from "./clock.ts";

/** Every instance follows a move within this time; the contract asks for nothing faster. */
const FOLLOW_MS = 400;

/** Nobody trains for a later day, and every number with a four-digit year stays readable. */
export const LATEST = Date.UTC(2100, 0, 1);

export type ClockMove =
  | { ok: true; now: Date }
  | { ok: false; code: "backward" | "tooFar"; now: Date };

/** The sandbox's clock: real time plus an offset that is kept in the database and only grows. */
export interface ProductClock extends Clock {
  /** @param ms - how far, at least 0 */
  advance(ms: number): Promise<ClockMove>;
  /** Moves to `target`. Times are told to the second, so the present second is no way back. */
  moveTo(target: Date): Promise<ClockMove>;
  /** Follows what another instance did. Runs by itself every 400 ms until `stop`. */
  refresh(): Promise<void>;
  stop(): void;
}

/** @param real - where real time comes from; a test's own clock */
export async function openProductClock(db: Db, real: Clock = realClock): Promise<ProductClock> {
  let offsetMs = await readClockOffset(db);
  let reading = false;

  const now = () => new Date(real.now().getTime() + offsetMs);
  const follow = (readMs: number) => {
    offsetMs = Math.max(offsetMs, readMs);
  };
  const refresh = async () => follow(await readClockOffset(db));
  const refused = async (code: "backward" | "tooFar"): Promise<ClockMove> => {
    await refresh();
    return { ok: false, code, now: now() };
  };

  const timer = setInterval(() => {
    if (reading) return;
    reading = true;
    // A database that is away for a moment is asked again at the next tick; `/readyz` tells of it.
    refresh()
      .catch(() => {})
      .finally(() => {
        reading = false;
      });
  }, FOLLOW_MS);
  timer.unref();

  return {
    now,
    refresh,
    stop: () => clearInterval(timer),
    async advance(ms) {
      if (!(ms >= 0)) return refused("backward");
      const added = await addToClockOffset(
        db,
        Math.min(Math.round(ms), LATEST),
        LATEST - real.now().getTime(),
      );
      if (added === null) return refused("tooFar");
      follow(added);
      return { ok: true, now: now() };
    },
    async moveTo(target) {
      await refresh();
      const to = target.getTime();
      if (to > LATEST) return refused("tooFar");
      if (wholeSecond(to) === wholeSecond(now().getTime())) return { ok: true, now: now() };
      const raised = await raiseClockOffset(db, to - real.now().getTime());
      if (raised === null) return refused("backward");
      follow(raised);
      return { ok: true, now: now() };
    },
  };
}

const wholeSecond = (ms: number) => Math.floor(ms / 1000);
