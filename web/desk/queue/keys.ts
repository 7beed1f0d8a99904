import { onBeforeUnmount, onMounted } from "vue";

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
