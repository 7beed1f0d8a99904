import { onBeforeUnmount, onMounted } from "vue";

/** What the keys do, for the help; one list for both. */
export const KEYS: readonly (readonly [string, string])[] = [
  ["j / k", "下一件 / 上一件"],
  ["1 … 5", "切换到第几栏"],
  ["a", "受理"],
  ["g", "判级,再按 1–4 和回车"],
  ["d", "交办,回车采用建议的单位"],
  ["m", "并入同一件"],
  ["r", "不予受理或退单"],
  ["/", "搜索"],
  ["Esc", "离开搜索、关掉窗口"],
  ["?", "这张表"],
];

/** Calls back for single keys pressed anywhere but in a field or a dialog. */
export function onKeys(pressed: (key: string) => boolean): void {
  const hear = (event: KeyboardEvent) => {
    const at = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (at.closest("dialog, input, select, textarea") !== null) return;
    if (pressed(event.key)) event.preventDefault();
  };
  onMounted(() => document.addEventListener("keydown", hear));
  onBeforeUnmount(() => document.removeEventListener("keydown", hear));
}
