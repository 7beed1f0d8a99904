import { computed } from "vue";
import type { Chat } from "./chat.ts";
import { lastNumberIn } from "./numbers.ts";
import { phrasesFor } from "./phrases.ts";
import { nextStep } from "./tour.ts";

/** What one could say here, and what would come next. */
export function createGuide(chat: Chat) {
  const place = computed(
    () =>
      chat.current.value?.examplePlace ??
      chat.groups.value.find((group) => group.examplePlace !== null)?.examplePlace ??
      "幸福小区",
  );
  const ticketNo = computed(
    () =>
      chat.thread.value?.lines
        .map((line) => lastNumberIn(line.text, "HJ"))
        .findLast((no) => no !== null) ?? null,
  );
  const step = computed(() =>
    nextStep({
      story: chat.focus.story.value,
      people: chat.people.value,
      conversations: chat.conversations.value,
      here: chat.current.value,
      place: place.value,
    }),
  );
  const phrases = computed(() => {
    const thread = chat.thread.value;
    if (thread === null) return [];
    return phrasesFor(thread.speaker, {
      place: place.value,
      eventNo: chat.focus.no.value,
      story: chat.focus.story.value,
      ticketNo: ticketNo.value,
    });
  });

  return {
    step,
    phrases,
    /** Goes where the next step is said, as who says it, and fills in the words; sending is left to the person. */
    async go() {
      const next = step.value;
      if (next === null) return;
      await chat.open(next.conversationId);
      const thread = chat.threadOf(next.conversationId);
      thread.speaker = next.speaker;
      thread.draft = next.text;
    },
  };
}
