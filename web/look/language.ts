import { ref, watchEffect } from "vue";
import { keepLanguage, keptLanguage, type Language } from "./kept-language.ts";

export type { Language } from "./kept-language.ts";

export const language = ref<Language>(keptLanguage());

watchEffect(() => {
  // What pages say is also looked at where there is no page.
  if (typeof document === "undefined") return;
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
});

export function speak(wanted: Language): void {
  language.value = wanted;
  keepLanguage(wanted);
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
