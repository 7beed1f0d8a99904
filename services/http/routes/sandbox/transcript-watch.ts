import type { Db } from "../../../../db/client.ts";
import { readTranscriptNews } from "../../../../db/queries/sandbox.ts";
import { type Watch, watch } from "../../watch.ts";

export interface News {
  /** where something was said */
  conversationIds: string[];
  /** a message was read: what the bot understood may be shown now */
  read: boolean;
}

/** Below what a person notices as waiting; two indexed reads each time, and only while somebody looks. */
const LOOK_EVERY_MS = 250;

/** Tells listeners of new lines, whichever instance wrote them. */
export function watchTranscript(db: Db): Watch<News> {
  let lastId: string | null = null;
  let handledMs = 0;
  let first = true;

  return watch<News>({
    everyMs: LOOK_EVERY_MS,
    async look() {
      const news = await readTranscriptNews(db, lastId);
      const read = news.handledMs > handledMs;
      lastId = news.lastId;
      handledMs = Math.max(handledMs, news.handledMs);
      const isNews = read || news.conversationIds.length > 0;
      // The first look only finds out where the transcript stands.
      const told = isNews && !first ? { conversationIds: news.conversationIds, read } : null;
      first = false;
      return told;
    },
    forget() {
      first = true;
      lastId = null;
    },
  });
}
