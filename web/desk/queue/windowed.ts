import { computed, onBeforeUnmount, onMounted, type Ref, ref } from "vue";

/** Rows rendered beyond the edges, so that fast scrolling shows no gap. */
const SPARE = 8;

/**
 * Which rows of a long list have to be there: all have one height, so only those in sight are rendered.
 *
 * @param rowHeight - px
 */
export function windowed(box: Ref<HTMLElement | null>, count: Ref<number>, rowHeight: number) {
  const top = ref(0);
  const height = ref(600);
  let watcher: ResizeObserver | null = null;
  onMounted(() => {
    if (box.value === null) return;
    height.value = box.value.clientHeight;
    watcher = new ResizeObserver(([entry]) => {
      if (entry !== undefined) height.value = entry.contentRect.height;
    });
    watcher.observe(box.value);
  });
  onBeforeUnmount(() => watcher?.disconnect());

  const first = computed(() => Math.max(0, Math.floor(top.value / rowHeight) - SPARE));
  const last = computed(() =>
    Math.min(count.value, Math.ceil((top.value + height.value) / rowHeight) + SPARE),
  );
  return {
    first,
    last,
    whole: computed(() => count.value * rowHeight),
    offset: computed(() => first.value * rowHeight),
    scrolled: () => {
      top.value = box.value?.scrollTop ?? 0;
    },
    /** Brings a row into sight, moving no more than needed. */
    reveal(index: number) {
      const element = box.value;
      if (element === null || index < 0) return;
      const from = index * rowHeight;
      if (from < element.scrollTop) element.scrollTop = from;
      else if (from + rowHeight > element.scrollTop + element.clientHeight)
        element.scrollTop = from + rowHeight - element.clientHeight;
    },
  };
}
