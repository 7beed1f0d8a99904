export interface UnderWay {
  /** Remembers work until it is done, whatever comes of it. */
  add<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** What a channel has begun and must finish before it stops. */
export function trackWork(): UnderWay {
  const all = new Set<Promise<unknown>>();
  return {
    add: (work) => {
      all.add(work);
      const done = () => all.delete(work);
      work.then(done, done);
      return work;
    },
    settled: async () => {
      await Promise.allSettled([...all]);
    },
  };
}
