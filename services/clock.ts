/** Where the product's time comes from. The sandbox's clock runs ahead of real time, never back. */
export interface Clock {
  now(): Date;
}

export const realClock: Clock = { now: () => new Date() };
