/** Does one thing after the other, within this process. */
export interface Line {
  /** @returns null where too many wait already; then nothing was done */
  run<T>(work: () => Promise<T>): Promise<T> | null;
}

/** @param most - how many may wait */
export function openLine(most: number): Line {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    run(work) {
      if (waiting >= most) return null;
      waiting++;
      const done = last.then(work).finally(() => {
        waiting--;
      });
      // Whoever asked hears of a failure; the next in line goes on.
      last = done.catch(() => {});
      return done;
    },
  };
}
