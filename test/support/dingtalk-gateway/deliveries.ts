export interface Ack {
  messageId: string;
  msgId: string;
  code: number;
  data: unknown;
  at: Date;
  /** milliseconds since the push it answers */
  afterMs: number;
  connectionId: string;
}

export interface Push {
  messageId: string;
  connectionId: string;
  at: Date;
}

/** One message on its way to the product: pushed once or more, acknowledged or not. */
export interface Delivery {
  msgId: string;
  pushes: Push[];
  acks: Ack[];
  /** Pushes it once more, as a duplicate, whether it was acknowledged or not. */
  again(): Promise<void>;
  /** Resolves with the first acknowledgement, or the `count`th. */
  acked(withinMs?: number, count?: number): Promise<Ack>;
}

export interface DeliveryLog {
  begin(msgId: string, again: () => Promise<void>): Delivery;
  pushed(delivery: Delivery, messageId: string, connectionId: string, now: number): void;
  acked(
    messageId: string,
    connectionId: string,
    answer: { code: number; data: unknown },
    now: number,
  ): void;
  acks(): Ack[];
}

export function createDeliveryLog(): DeliveryLog {
  const byMessageId = new Map<string, { delivery: Delivery; push: Push }>();
  const all: Ack[] = [];
  const waiting = new Set<() => void>();

  return {
    begin: (msgId, again) => {
      const delivery: Delivery = {
        msgId,
        pushes: [],
        acks: [],
        again,
        acked: (withinMs = 20_000, count = 1) => nthAck(delivery, count, withinMs),
      };
      return delivery;
    },
    pushed: (delivery, messageId, connectionId, now) => {
      const push = { messageId, connectionId, at: new Date(now) };
      delivery.pushes.push(push);
      byMessageId.set(messageId, { delivery, push });
    },
    acked: (messageId, connectionId, { code, data }, now) => {
      const known = byMessageId.get(messageId);
      const { delivery, push } = known ?? { delivery: null, push: null };
      const ack: Ack = {
        messageId,
        msgId: delivery?.msgId ?? "",
        code,
        data,
        at: new Date(now),
        afterMs: push === null ? 0 : now - push.at.getTime(),
        connectionId,
      };
      all.push(ack);
      delivery?.acks.push(ack);
      for (const look of waiting) look();
    },
    acks: () => [...all],
  };

  function nthAck(delivery: Delivery, count: number, withinMs: number): Promise<Ack> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const ack = delivery.acks[count - 1];
        if (ack === undefined) return;
        done();
        resolve(ack);
      };
      const giveUp = setTimeout(() => {
        done();
        const has = `${delivery.acks.length} of ${count} acknowledgements`;
        reject(new Error(`${delivery.msgId} has ${has} after ${withinMs} ms.`));
      }, withinMs);
      const done = () => {
        clearTimeout(giveUp);
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  }
}
