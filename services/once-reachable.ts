import { setTimeout as wait } from "node:timers/promises";
import { isDatabaseAway } from "./database-fault.ts";

const AGAIN_MS = 250;

/**
 * Does `work`, and again while the database cannot be reached, as when another server takes over. What
 * became of a commit whose answer was lost is not known, so `work` must do no harm when done twice.
 *
 * @param patienceMs - after so long the fault is thrown
 */
export async function onceReachable<T>(patienceMs: number, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() + AGAIN_MS > until) throw error;
      await wait(AGAIN_MS);
    }
  }
}
