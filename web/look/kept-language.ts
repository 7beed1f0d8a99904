/** The pages speak Chinese first, and English to whoever asks for it. */
export type Language = "zh" | "en";

const KEPT_AS = "yihu.language";

/** What was chosen on this device, on whichever page. */
export function keptLanguage(): Language {
  try {
    return localStorage.getItem(KEPT_AS) === "en" ? "en" : "zh";
  } catch {
    return "zh";
  }
}

export function keepLanguage(wanted: Language): void {
  try {
    localStorage.setItem(KEPT_AS, wanted);
  } catch {
    // A browser that keeps nothing still speaks it until the page is closed.
  }
}
