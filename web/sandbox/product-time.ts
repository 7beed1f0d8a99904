import { computed, ref } from "vue";
import { fetchClock, moveClock } from "./api.ts";

/** The product's clock as the page sees it: told now and then, ticking in between. */
export function createProductTime() {
  const aheadMs = ref(0);
  const tick = ref(Date.now());
  const moving = ref(false);
  setInterval(() => {
    tick.value = Date.now();
  }, 1000);

  const shown = computed(() => tick.value + aheadMs.value);
  const heard = (now: number) => {
    // Times are told to the second; a smaller difference is no news.
    if (Math.abs(now - (Date.now() + aheadMs.value)) > 1500) aheadMs.value = now - Date.now();
    tick.value = Date.now();
  };

  return {
    /** for showing; changes every second */
    shown,
    moving,
    heard,
    now: () => Date.now() + aheadMs.value,
    async read() {
      heard(Date.parse((await fetchClock()).now));
    },
    /** Resolves when all that fell due meanwhile has happened. */
    async move(to: { advance: string } | { now: string }) {
      moving.value = true;
      try {
        heard(Date.parse((await moveClock(to)).now));
      } finally {
        moving.value = false;
      }
    },
  };
}
