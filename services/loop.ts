import { loggableFault } from "./database-fault.ts";
import type { Log } from "./log.ts";

/** Something that is done again and again, at once when woken and at the latest after a while. */
export interface Loop {
  /** there is work: begins a round as soon as the present one is over */
  wake(): void;
  /** ends after the round in work; resolves when it has */
  stop(): Promise<void>;
  /** resolves when the round that begins after this call is over */
  round(): Promise<void>;
}

/**
 * Runs `work` in rounds, one at a time. A round that did something is followed by another at once; one
 * that fails is logged and tried again after `idleMs`, so that no loop ever dies of an error.
 *
 * @param idleMs - the longest wait between two rounds; polling finds what no wake-up told of
 * @param work - returns how much it did
 */
export function startLoop(
  name: string,
  idleMs: number,
  work: () => Promise<number>,
  log: Log,
): Loop {
  let stopped = false;
  let woken = false;
  let endSleep: (() => void) | null = null;
  let waiting: (() => void)[] = [];

  const running = (async () => {
    while (!stopped) {
      woken = false;
      const after = waiting;
      waiting = [];
      let did = 0;
      try {
        did = await work();
      } catch (error) {
        log.error({ fault: loggableFault(error), loop: name }, "a round failed and is tried again");
      }
      for (const resolve of after) resolve();
      if (did === 0 && !woken && !stopped) await sleep();
    }
    for (const resolve of waiting) resolve();
  })();

  return {
    wake,
    async stop() {
      stopped = true;
      endSleep?.();
      await running;
    },
    round: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        wake();
      }),
  };

  function wake(): void {
    woken = true;
    endSleep?.();
  }

  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, idleMs);
      endSleep = done;
      function done() {
        clearTimeout(timer);
        endSleep = null;
        resolve();
      }
    });
  }
}
