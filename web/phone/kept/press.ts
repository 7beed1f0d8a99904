/** One request that a press is made of. Each may be sent again: it counts once. */
export interface Step {
  kind: "photo" | "reportPhoto" | "act";
  method: "PUT" | "POST";
  path: string;
  /** a picture, or what becomes JSON */
  body: ArrayBuffer | Record<string, unknown>;
}

/** What the outcome is told by. */
export type PressKind = "event" | "call" | "checkIn" | "report" | "patrol";

/**
 * What somebody pressed, with its own time and key, until the server has answered; then what came of it
 * stays for a day without what was sent.
 */
export interface KeptPress {
  /** the idempotency key; keys sort by nothing, so `order` does */
  key: string;
  order: number;
  personId: string;
  kind: PressKind;
  /** in words, such as 「办结 SJ…」 */
  what: string;
  /** the event or call, and what is done to it */
  no: string | null;
  action: string;
  /** by the product's clock, ISO */
  at: string;
  steps: Step[];
  /** how many of the steps have been answered */
  done: number;
  /** names of pictures that a report refers to */
  photos: string[];
  state: "waiting" | "sent" | "refused";
  /** what came of it, or what is wrong with a picture */
  said: string | null;
}

export type NewPress = Omit<KeptPress, "key" | "order" | "done" | "photos" | "state" | "said">;
