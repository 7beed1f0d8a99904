/** An answer that goes back as the answer to the platform's own call. */
export interface PassiveAnswer {
  text: string;
  /** tells whoever gave it whether it left */
  left(sent: boolean): void;
}

export interface PassiveReplies {
  /** Begins to wait for an answer to the message `id`. */
  hold(id: string): Held;
  /** Gives an answer. False when nobody waits for it, or it did not leave. */
  answer(id: string, text: string): Promise<boolean>;
  /** Nobody waits any longer. */
  releaseAll(): void;
}

export interface Held {
  /** The first answer that comes within `ms`; null when none does. */
  answered(ms: number): Promise<PassiveAnswer | null>;
  release(): void;
}

/** The calls of WeChat that are still open, five seconds each: the first answer takes that road. */
export function createPassiveReplies(): PassiveReplies {
  const waiting = new Map<string, (answer: PassiveAnswer | null) => void>();
  return {
    hold: (id) => {
      let give: (answer: PassiveAnswer | null) => void = () => {};
      const answer = new Promise<PassiveAnswer | null>((resolve) => {
        give = resolve;
      });
      const end = (given: PassiveAnswer | null) => {
        if (waiting.get(id) === end) waiting.delete(id);
        give(given);
      };
      waiting.set(id, end);
      return {
        answered: async (ms) => {
          const timer = setTimeout(() => end(null), ms);
          try {
            return await answer;
          } finally {
            clearTimeout(timer);
          }
        },
        release: () => end(null),
      };
    },
    answer: (id, text) => {
      const end = waiting.get(id);
      if (end === undefined) return Promise.resolve(false);
      return new Promise((resolve) => end({ text, left: resolve }));
    },
    releaseAll: () => {
      for (const end of [...waiting.values()]) end(null);
    },
  };
}
