import { setTimeout as wait } from "node:timers/promises";
import { isDatabaseAway } from "./database-fault.ts";

const AGAIN_MS = 500;
/** Half an hour; whoever stops the product does not wait for it. */
const MOST_TRIES = 3_600;

/**
 * Does what must not be forgotten, and again every half second while the database cannot be reached.
 * Nobody is told how the lost try ended, so `work` has to be the same when it is done twice.
 */
export async function throughOutage<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried >= MOST_TRIES || !isDatabaseAway(error)) throw error;
    }
    await wait(AGAIN_MS);
  }
}
