/** Tells listeners what is new, and looks for it only while there are any. */
export interface Watch<News> {
  /** @returns how to stop listening */
  listen(hear: (news: News) => void): () => void;
  stop(): void;
}

export interface Lookout<News> {
  everyMs: number;
  /** What is new since the last look, for all listeners; null where nothing is. */
  look(): Promise<News | null>;
  /** Nobody listens any more: the next look is the first again. */
  forget(): void;
}

/** One look at a time, however long it takes; a look that fails is made again at the next tick. */
export function watch<News>({ everyMs, look, forget }: Lookout<News>): Watch<News> {
  const listeners = new Set<(news: News) => void>();
  let timer: NodeJS.Timeout | null = null;
  let busy = false;

  const tick = () => {
    if (busy) return;
    busy = true;
    // A database that is away for a moment is asked again at the next look.
    look()
      .then((news) => {
        if (news !== null) for (const hear of [...listeners]) hear(news);
      })
      .catch(() => {})
      .finally(() => {
        busy = false;
      });
  };
  const rest = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    forget();
  };

  return {
    listen(hear) {
      listeners.add(hear);
      if (timer === null) {
        timer = setInterval(tick, everyMs);
        timer.unref();
        tick();
      }
      return () => {
        listeners.delete(hear);
        if (listeners.size === 0) rest();
      };
    },
    stop() {
      listeners.clear();
      rest();
    },
  };
}
