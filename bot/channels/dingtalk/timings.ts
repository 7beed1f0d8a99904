/** Every length of time the channel waits for, in milliseconds; tests shorten them. */
export interface Timings {
  /** own ping on the socket; two unanswered ones end it */
  pingEvery: number;
  /** a connection that carried no frame for so long is replaced by a fresh one, the old one still open */
  silentAfter: number;
  /** a connection that lived so long was sound: the next failure starts again at the shortest wait */
  stableAfter: number;
  firstRetry: number;
  longestRetry: number;
  /** longest wait before the connection that DingTalk asked for is opened */
  replaceWithin: number;
  /** how long a replaced connection stays open, so that acknowledgements in flight still leave on it */
  retireAfter: number;
  /** opening an endpoint, and the handshake of the socket, each */
  openWithin: number;
  /** one call of the OpenAPI or of a session webhook */
  callWithin: number;
  /** the same for an emergency, which then takes the other road */
  urgentWithin: number;
  /** showing a card, before its words go as text */
  cardWithin: number;
  /** how long no card is tried after the platform did not answer for one */
  cardPause: number;
  /** the whole download of an attachment */
  downloadWithin: number;
  /** waits between the tries to store a message; after the last one it is left to redelivery */
  storeRetries: readonly number[];
  /** the wait between two tries while the database is away, without end */
  storeWhileAway: number;
  /** how long `stop` waits for messages that are being stored */
  stopWithin: number;
  /** a session webhook is not used any more so long before it expires; one that expired early costs a call */
  webhookMargin: number;
}

export const TIMINGS: Timings = {
  pingEvery: 20_000,
  silentAfter: 30 * 60_000,
  stableAfter: 30_000,
  firstRetry: 1_000,
  longestRetry: 60_000,
  replaceWithin: 5_000,
  // DingTalk closes the old connection about 10 s after it asked for a new one.
  retireAfter: 8_000,
  openWithin: 10_000,
  callWithin: 10_000,
  urgentWithin: 3_000,
  cardWithin: 3_000,
  cardPause: 30_000,
  downloadWithin: 60_000,
  storeRetries: [500, 2_000, 5_000, 15_000, 30_000],
  storeWhileAway: 2_000,
  stopWithin: 5_000,
  webhookMargin: 5_000,
};
