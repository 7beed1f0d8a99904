import { ref } from "vue";
import { heardTime } from "./product-time.ts";

/** whether changes come by themselves at the moment */
export const isLive = ref(false);

export interface Hearer {
  /** numbers of events and calls to which something happened */
  changed?(nos: string[]): void;
  /** somebody began or stopped to look at something */
  looking?(nos: string[]): void;
  /** too much was missed: ask for all anew */
  reset?(): void;
}

const hearers = new Set<Hearer>();
/** What comes in quick succession is fetched together. */
const GATHER_MS = 120;
const gathered = { changed: new Set<string>(), looking: new Set<string>() };
let isGathering = false;

/** Hears of changes until the returned function is called. */
export function hear(hearer: Hearer): () => void {
  hearers.add(hearer);
  return () => hearers.delete(hearer);
}

/** Opens the stream, once, for the life of the page. The browser connects again by itself. */
export function goLive(): void {
  let broken = false;
  const source = new EventSource("/api/changes");
  source.addEventListener("open", () => {
    isLive.value = true;
    // A stream that ended by a refusal is opened anew without the last id: ask for all.
    if (broken) reset();
    broken = false;
  });
  source.addEventListener("error", () => {
    isLive.value = false;
    if (source.readyState !== EventSource.CLOSED) return;
    broken = true;
    setTimeout(reopen, 5000);
  });
  const on = (name: string, hear: (nos: string[]) => void) =>
    source.addEventListener(name, (event: MessageEvent<string>) => {
      const told = JSON.parse(event.data) as { nos?: string[]; now: string };
      heardTime(told.now);
      hear(told.nos ?? []);
    });
  on("time", () => {});
  on("changed", (nos) => gather("changed", nos));
  on("looking", (nos) => gather("looking", nos));
  on("reset", reset);

  function reopen() {
    goLive();
    reset();
  }
}

function reset(): void {
  for (const hearer of hearers) hearer.reset?.();
}

function gather(kind: "changed" | "looking", nos: readonly string[]): void {
  for (const no of nos) gathered[kind].add(no);
  if (isGathering) return;
  isGathering = true;
  setTimeout(() => {
    isGathering = false;
    for (const name of ["changed", "looking"] as const) {
      const all = [...gathered[name]];
      gathered[name].clear();
      if (all.length > 0) for (const hearer of hearers) hearer[name]?.(all);
    }
  }, GATHER_MS);
}
