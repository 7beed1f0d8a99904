/** One message of the product, whichever road it took. */
export interface Sent {
  /** the group or private conversation; null for a private message by `oToMessages/batchSend` */
  conversationId: string | null;
  /** the one person who reads it; null in groups */
  userId: string | null;
  text: string;
  via: string;
  /** people the message really highlights: in the `at` block and in the text */
  mentions: string[];
  at: Date;
}

export interface Heard extends Sent {
  match: RegExpMatchArray;
}

/** What the product said, in order, and who is waiting to hear something. */
export interface Ledger {
  add(sent: Sent): void;
  all(): Sent[];
  /**
   * The first message after the last one heard under `ear` that belongs to it and matches.
   *
   * @throws telling what was said instead, when nothing comes within `withinMs`
   */
  hears(ear: Ear, pattern: RegExp | string, withinMs: number): Promise<Heard>;
}

export interface Ear {
  name: string;
  belongs(sent: Sent): boolean;
}

export function createLedger(): Ledger {
  const sents: Sent[] = [];
  const heardUpTo = new Map<string, number>();
  const waiting = new Set<() => void>();

  return {
    add: (sent) => {
      sents.push(sent);
      for (const look of waiting) look();
    },
    all: () => [...sents],
    hears: (ear, pattern, withinMs) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const heard = next(ear, pattern);
          if (heard === null) return;
          done();
          resolve(heard);
        };
        const giveUp = setTimeout(() => {
          done();
          reject(
            new Error(`${ear.name} did not hear ${pattern} within ${withinMs} ms; ${instead(ear)}`),
          );
        }, withinMs);
        const done = () => {
          clearTimeout(giveUp);
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
  };

  function next(ear: Ear, pattern: RegExp | string): Heard | null {
    for (let index = heardUpTo.get(ear.name) ?? 0; index < sents.length; index += 1) {
      const sent = sents[index];
      if (sent === undefined || !ear.belongs(sent)) continue;
      const match = sent.text.match(pattern instanceof RegExp ? pattern : literal(pattern));
      if (match === null) continue;
      heardUpTo.set(ear.name, index + 1);
      return { ...sent, match };
    }
    return null;
  }

  function instead(ear: Ear): string {
    const unheard = sents.slice(heardUpTo.get(ear.name) ?? 0).filter((sent) => ear.belongs(sent));
    if (unheard.length === 0) return "nothing was said there";
    return `it heard:\n${unheard.map((sent) => `  [${sent.via}] ${sent.text}`).join("\n")}`;
  }
}

const literal = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
