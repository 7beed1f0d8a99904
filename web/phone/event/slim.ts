import type { Around, Event } from "../api.ts";

/** What of an event may lie on a phone: residents' words and pictures are read, and not kept. */
export const slimEvent = (event: Event): Event => ({
  ...event,
  words: null,
  steps: event.steps.map((step) => (step.actor.personId === null ? { ...step, note: null } : step)),
});

export const slimAround = ({ photos }: Around): Around => ({ pictures: [], photos });
