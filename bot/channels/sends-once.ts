import type { Channel, SendResult } from "./channel.ts";

const MOST_KEPT = 2_000;

/**
 * A channel that sends a message of one key once as long as this process lives: asked again while it is
 * on its way, or after it went out, it answers with what came of it. Few platforms know a repeat
 * themselves, and a lease may run out while one of them is slow.
 */
export function sendsOnce(channel: Channel): Channel {
  const results = new Map<string, Promise<SendResult>>();
  return {
    ...channel,
    send: (message) => {
      const known = results.get(message.key);
      if (known !== undefined) return known;
      const sending = channel.send(message);
      results.set(message.key, sending);
      const forget = () => results.delete(message.key);
      sending.then(({ outcome }) => outcome !== "sent" && forget(), forget);
      const [oldest] = results.keys();
      if (results.size > MOST_KEPT && oldest !== undefined) results.delete(oldest);
      return sending;
    },
  };
}
