import { ref } from "vue";
import { ApiError, type EventStory, fetchStory } from "./api.ts";

/** The event one is talking about: shown in the side panel, filled into phrases. */
export function createFocus() {
  const no = ref<string | null>(null);
  const story = ref<EventStory | null>(null);
  /** the number was named, but there is no such event */
  const unknown = ref(false);

  async function refresh() {
    const wanted = no.value;
    if (wanted === null) return;
    try {
      const found = await fetchStory(wanted);
      if (no.value !== wanted) return;
      story.value = found;
      unknown.value = false;
    } catch (problem) {
      // Only a clear no changes what is shown; a moment without network does not.
      if (no.value !== wanted || !(problem instanceof ApiError) || problem.status !== 404) return;
      story.value = null;
      unknown.value = true;
    }
  }

  return {
    no,
    story,
    unknown,
    refresh,
    look(wanted: string) {
      if (no.value !== wanted) {
        no.value = wanted;
        story.value = null;
        unknown.value = false;
      }
      return refresh();
    },
    /** begins anew: the next thing said is a new report */
    forget() {
      no.value = null;
      story.value = null;
      unknown.value = false;
    },
  };
}
