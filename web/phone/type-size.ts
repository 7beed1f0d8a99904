import { ref, watchEffect } from "vue";

/** 大字版: everything on the phone pages is measured by the letter, so one size moves all. */
const KEPT_AS = "yihu.largeType";

export const isLarge = ref(kept());

watchEffect(() => {
  document.documentElement.dataset.type = isLarge.value ? "large" : "normal";
});

export function chooseLarge(wanted: boolean): void {
  isLarge.value = wanted;
  try {
    localStorage.setItem(KEPT_AS, wanted ? "1" : "0");
  } catch {
    // A browser that keeps nothing still shows it until the page is closed.
  }
}

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) === "1";
  } catch {
    return false;
  }
}
