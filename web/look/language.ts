import { ref, watchEffect } from "vue";

/** The pages speak Chinese first, and English to whoever asks for it. */
export type Language = "zh" | "en";

const KEPT_AS = "yihu.language";

export const language = ref<Language>(keptLanguage());

watchEffect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
});

export function speak(wanted: Language): void {
  language.value = wanted;
  try {
    localStorage.setItem(KEPT_AS, wanted);
  } catch {
    // A browser that keeps nothing still speaks it until the page is closed.
  }
}

/**
 * The words of one page in both languages. English that is missing, or has other parameters than the
 * Chinese, is a type error, so no page is ever half translated.
 *
 * @returns a function to call while rendering: `words().title`
 */
export function wordsIn<Words extends object>(zh: Words, en: NoInfer<Words>): () => Words {
  return () => (language.value === "zh" ? zh : en);
}

function keptLanguage(): Language {
  try {
    return localStorage.getItem(KEPT_AS) === "en" ? "en" : "zh";
  } catch {
    return "zh";
  }
}
