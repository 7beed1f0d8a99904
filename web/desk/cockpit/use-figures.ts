import { onBeforeUnmount, ref, shallowRef, watch } from "vue";
import { sayProblem } from "../desk.ts";
import { hear } from "../live.ts";
import {
  type Breakdown,
  fetchBreakdown,
  fetchHeat,
  fetchMap,
  fetchOverview,
  fetchTrend,
  type GridMap,
  type HeatCell,
  type Overview,
  type Part,
  type Query,
  type Stretch,
} from "./stats-api.ts";

/** A busy morning changes something every second; figures follow at this pace, and nobody asks in between. */
const PACE_MS = { settle: 800, between: 5000 };
/** Time alone makes things late, without a change to hear of. */
const READ_AGAIN_MS = 120_000;

/** Everything the cockpit shows of a period and a place, read anew when either or the district changes. */
export function useFigures(query: () => Query, breakdowns: () => readonly Breakdown[]) {
  const overview = shallowRef<Overview | null>(null);
  const trend = shallowRef<readonly Stretch[]>([]);
  const heat = shallowRef<readonly HeatCell[]>([]);
  const map = shallowRef<GridMap | null>(null);
  const parts = shallowRef<Partial<Record<Breakdown, readonly Part[]>>>({});
  /** grows with every reading, so that lists beside the figures follow them */
  const revision = ref(0);
  let asked = 0;
  let lastRead = 0;

  async function read() {
    const mine = ++asked;
    lastRead = Date.now();
    const wanted = query();
    const fresh = () => mine === asked;
    try {
      // The headline first: it is what people look for.
      const head = await fetchOverview(wanted);
      if (!fresh()) return;
      overview.value = head;
      const [trendRead, heatRead, mapRead, ...partsRead] = await Promise.all([
        fetchTrend(wanted),
        fetchHeat(wanted),
        fetchMap(wanted),
        ...breakdowns().map((by) => fetchBreakdown(wanted, by)),
      ]);
      if (!fresh()) return;
      trend.value = trendRead.items;
      heat.value = heatRead.items;
      map.value = mapRead;
      parts.value = Object.fromEntries(
        breakdowns().map((by, at) => [by, partsRead[at]?.items ?? []]),
      );
      revision.value++;
    } catch (error) {
      if (fresh()) sayProblem(error);
    }
  }

  let soon: ReturnType<typeof setTimeout> | null = null;
  const readSoon = () => {
    if (soon !== null) return;
    const wait = Math.max(PACE_MS.settle, lastRead + PACE_MS.between - Date.now());
    soon = setTimeout(() => {
      soon = null;
      void read();
    }, wait);
  };
  const stop = hear({ changed: readSoon, reset: readSoon });
  const again = setInterval(readSoon, READ_AGAIN_MS);
  watch(
    () => JSON.stringify([query(), breakdowns()]),
    () => void read(),
    { immediate: true },
  );
  onBeforeUnmount(() => {
    asked++;
    stop();
    clearInterval(again);
    if (soon !== null) clearTimeout(soon);
  });
  return { overview, trend, heat, map, parts, revision };
}
