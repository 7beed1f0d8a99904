import { ref, shallowRef } from "vue";
import { type Event, fetchEvents } from "../api.ts";
import { QUEUE_STATUSES } from "./tabs.ts";

const PAGE = "200";
/** Numbers asked for in one go; an address must not grow too long. */
const MOST_NOS = 100;

/** The open events somebody may see: read page by page, kept as they change. */
export function eventStore() {
  /** replaced, never changed in place */
  const events = shallowRef<ReadonlyMap<string, Event>>(new Map());
  const loading = ref(false);
  let round = 0;

  const put = (found: readonly Event[], gone: readonly string[] = []) => {
    const next = new Map(events.value);
    for (const no of gone) next.delete(no);
    for (const event of found) {
      if (QUEUE_STATUSES.includes(event.status)) next.set(event.no, event);
      else next.delete(event.no);
    }
    events.value = next;
  };

  /** Reads everything; the first page is shown as soon as it is there. */
  async function load(): Promise<void> {
    const mine = ++round;
    loading.value = true;
    const seen = new Set<string>();
    try {
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof fetchEvents>> = await fetchEvents({
          status: QUEUE_STATUSES.join(","),
          limit: PAGE,
          ...(cursor === null ? {} : { cursor }),
        });
        if (mine !== round) return;
        for (const { no } of page.items) seen.add(no);
        put(page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      put(
        [],
        [...events.value.keys()].filter((no) => !seen.has(no)),
      );
    } finally {
      if (mine === round) loading.value = false;
    }
  }

  /** Reads these anew; what can no longer be seen is forgotten. */
  async function refresh(nos: readonly string[]): Promise<void> {
    for (let from = 0; from < nos.length; from += MOST_NOS) {
      const asked = nos.slice(from, from + MOST_NOS);
      const { items } = await fetchEvents({ no: asked.join(","), limit: PAGE });
      const found = new Set(items.map(({ no }) => no));
      put(
        items,
        asked.filter((no) => !found.has(no)),
      );
    }
  }

  return { events, loading, load, refresh, put };
}
