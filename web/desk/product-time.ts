import { ref } from "vue";

/** The product's clock as the page sees it: told now and then, ticking in between. */
let aheadMs = 0;

/** the product's time in ms; changes every second */
export const now = ref(Date.now());

setInterval(() => {
  now.value = Date.now() + aheadMs;
}, 1000);

/** @param iso - the product's time as an answer told it */
export function heardTime(iso: string): void {
  const told = Date.parse(iso);
  // Times are told to the second; a smaller difference is no news.
  if (Math.abs(told - (Date.now() + aheadMs)) > 1500) aheadMs = told - Date.now();
  now.value = Date.now() + aheadMs;
}
