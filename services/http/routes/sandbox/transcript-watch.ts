import type { Db } from "../../../../db/client.ts";
import { readTranscriptNews } from "../../../../db/queries/sandbox.ts";

export interface News {
  /** where something was said */
  conversationIds: string[];
  /** a message was read: what the bot understood may be shown now */
  read: boolean;
}

/** Tells listeners of new lines, whichever instance wrote them. */
export interface TranscriptWatch {
  /** @returns how to stop listening */
  listen(hear: (news: News) => void): () => void;
  stop(): void;
}

/** Below what a person notices as waiting; two indexed reads each time, and only while somebody looks. */
const LOOK_EVERY_MS = 250;

export function watchTranscript(db: Db): TranscriptWatch {
  const listeners = new Set<(news: News) => void>();
  let timer: NodeJS.Timeout | null = null;
  let lastId: string | null = null;
  let handledMs = 0;
  let looking = false;
  let first = true;

  async function look() {
    const news = await readTranscriptNews(db, lastId);
    const read = news.handledMs > handledMs;
    lastId = news.lastId;
    handledMs = Math.max(handledMs, news.handledMs);
    const isNews = read || news.conversationIds.length > 0;
    // The first look only finds out where the transcript stands.
    if (isNews && !first) {
      for (const hear of listeners) hear({ conversationIds: news.conversationIds, read });
    }
    first = false;
  }

  const tick = () => {
    if (looking) return;
    looking = true;
    // A database that is away for a moment is asked again at the next look.
    look()
      .catch(() => {})
      .finally(() => {
        looking = false;
      });
  };
  const rest = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    first = true;
    lastId = null;
  };

  return {
    listen(hear) {
      listeners.add(hear);
      if (timer === null) {
        timer = setInterval(tick, LOOK_EVERY_MS);
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
