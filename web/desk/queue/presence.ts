import { onBeforeUnmount, shallowRef } from "vue";
import { fetchLooking, type Looking, lookAt } from "../api.ts";

/** It is forgotten after 30 s. */
const SAY_EVERY_MS = 10_000;

/** Tells others what is looked at here, and knows what they look at. Never fails: it is a courtesy. */
export function presence() {
  const others = shallowRef<readonly Looking[]>([]);
  let at: string | null = null;

  const heard = (answer: Promise<{ items: Looking[] }>) =>
    answer.then(
      ({ items }) => {
        others.value = items;
      },
      () => {},
    );
  const timer = setInterval(() => {
    if (at !== null && !document.hidden) void heard(lookAt(at));
  }, SAY_EVERY_MS);
  onBeforeUnmount(() => {
    clearInterval(timer);
    if (at !== null) void heard(lookAt(null));
  });

  return {
    others,
    look(no: string | null) {
      at = no;
      return heard(lookAt(no));
    },
    refresh: () => heard(fetchLooking()),
  };
}
