import { ref, shallowRef } from "vue";
import { ApiError } from "../../signed-in/call-api.ts";
import {
  type Event,
  fetchEvent,
  fetchObligations,
  fetchSurroundings,
  type Obligation,
  type Surroundings,
} from "../api.ts";
import { words } from "./words.ts";

/** The event beside the queue, with what helps to decide about it. */
export function openedEvent() {
  const no = ref<string | null>(null);
  const event = shallowRef<Event | null>(null);
  const around = shallowRef<Surroundings | null>(null);
  const duties = shallowRef<readonly Obligation[]>([]);
  /** why nothing is shown */
  const problem = ref<string | null>(null);

  async function open(wanted: string | null): Promise<void> {
    no.value = wanted;
    if (wanted === null || event.value?.no !== wanted) {
      event.value = null;
      around.value = null;
      duties.value = [];
      problem.value = null;
    }
    if (wanted !== null) await reload();
  }

  async function reload(): Promise<void> {
    const wanted = no.value;
    if (wanted === null) return;
    try {
      const [found, beside, owed] = await Promise.all([
        fetchEvent(wanted),
        fetchSurroundings(wanted),
        fetchObligations({ no: wanted, limit: "50" }),
      ]);
      // Somebody may have gone on to the next meanwhile.
      if (no.value !== wanted) return;
      event.value = found;
      around.value = beside;
      duties.value = owed.items;
      problem.value = null;
    } catch (error) {
      if (no.value !== wanted) return;
      event.value = null;
      problem.value = error instanceof ApiError ? error.message : words().notOpened;
    }
  }

  return { no, event, around, duties, problem, open, reload };
}
