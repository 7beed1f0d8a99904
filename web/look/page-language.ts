import { keepLanguage, keptLanguage } from "./kept-language.ts";

// A page without Vue is in one language for as long as it is open: it must load fast where the network
// is bad, and opens anew when another language is chosen.

const isEnglish = keptLanguage() === "en";

/** The words of such a page, in the language that was chosen. */
export const wordsOf = <Words extends object>(zh: Words, en: NoInfer<Words>): Words =>
  isEnglish ? en : zh;

/**
 * Writes `words` into what the document marks with `data-words="KEY"` (its text) and
 * `data-label="KEY"` (what it is called), and lets `#language` open the page in the other language.
 */
export function sayOnPage(document: Document, words: object): void {
  const texts = words as Readonly<Record<string, unknown>>;
  document.documentElement.lang = isEnglish ? "en" : "zh-CN";
  for (const one of document.querySelectorAll<HTMLElement>("[data-words]"))
    one.textContent = String(texts[one.dataset.words ?? ""]);
  for (const one of document.querySelectorAll<HTMLElement>("[data-label]"))
    one.setAttribute("aria-label", String(texts[one.dataset.label ?? ""]));
  const button = document.getElementById("language");
  if (button === null) return;
  button.textContent = isEnglish ? "中文" : "English";
  button.lang = isEnglish ? "zh-CN" : "en";
  button.addEventListener("click", () => {
    keepLanguage(isEnglish ? "zh" : "en");
    location.reload();
  });
}
