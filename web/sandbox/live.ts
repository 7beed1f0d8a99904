export interface News {
  conversationIds: string[];
  /** a message was read by the bot meanwhile */
  read: boolean;
}

export interface LiveHandlers {
  news(news: News): void;
  /** the product's time, in ms */
  time(now: number): void;
  /** asks everything anew: after a break, and while there is no stream */
  catchUp(): void;
}

/** Where events cannot get through, the page asks this often instead. */
const ASK_EVERY_MS = 2000;

/** Listens to the stream; asks in between whenever it is broken. Returns how to stop. */
export function listen(handlers: LiveHandlers): () => void {
  let asking: ReturnType<typeof setInterval> | null = null;
  const ask = () => {
    asking ??= setInterval(handlers.catchUp, ASK_EVERY_MS);
  };
  const rest = () => {
    if (asking !== null) clearInterval(asking);
    asking = null;
  };

  ask();
  let wasOpen = false;
  const source = new EventSource("/sandbox/stream");
  source.addEventListener("open", () => {
    rest();
    if (wasOpen) handlers.catchUp();
    wasOpen = true;
  });
  source.addEventListener("error", ask);
  const timeOf = (event: MessageEvent<string>) => JSON.parse(event.data) as News & { now: string };
  source.addEventListener("time", (event: MessageEvent<string>) =>
    handlers.time(Date.parse(timeOf(event).now)),
  );
  source.addEventListener("news", (event: MessageEvent<string>) => {
    const news = timeOf(event);
    handlers.time(Date.parse(news.now));
    handlers.news(news);
  });
  return () => {
    rest();
    source.close();
  };
}
