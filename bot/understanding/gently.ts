import { setImmediate } from "node:timers/promises";

/** Longest stretch of work before everything else that waits gets its turn. */
const LONGEST_STRETCH_MS = 4;

/** Runs work that pauses by `yield` without keeping the process from anything else. */
export async function gently<Result>(work: Generator<void, Result>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < LONGEST_STRETCH_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}

/** Runs the same work to its end at once. */
export function finish<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
