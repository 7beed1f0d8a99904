import type { Page } from "playwright-core";

const CHINESE = /[\u3400-\u9fff]/;
/** What the API says in Chinese of its own; everything else in Chinese there is the district's. */
const OURS = new Set(["statusName", "roleNames", "faultName", "definition", "because"]);

/**
 * Hears what the API tells a page, so that its own words can be told from names of organisations and
 * places and from what people wrote.
 *
 * @returns asks for the Chinese that the page itself says: texts, labels, hints and the title
 */
export function watchForChinese(page: Page): () => Promise<string[]> {
  const data = new Set<string>();
  page.on("response", async (response) => {
    if (!String(response.headers()["content-type"]).includes("application/json")) return;
    const body: unknown = await response.json().catch(() => null);
    for (const text of textsIn(body)) data.add(text);
  });
  return async () => {
    const seen = await page.evaluate(() => {
      const texts = [document.title];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { parentElement, textContent } = walker.currentNode;
        if (parentElement?.closest("noscript, script, style") === null)
          texts.push(textContent ?? "");
      }
      for (const element of document.querySelectorAll("*")) {
        for (const name of ["aria-label", "title", "placeholder", "alt"])
          texts.push(element.getAttribute(name) ?? "");
      }
      return texts;
    });
    const known = [...data].sort((a, b) => b.length - a.length);
    const left = seen
      .filter((text) => CHINESE.test(text))
      .map((text) => known.reduce((rest, one) => rest.replaceAll(one, ""), text).trim())
      .filter((text) => CHINESE.test(text) && text !== "中文");
    return [...new Set(left)];
  };
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    if (!CHINESE.test(value)) return;
    yield value;
    // Where the district goes without saying.
    const short = value.replace(/^.{1,8}?区(?=.{3,})/, "");
    if (short !== value) yield short;
  } else if (Array.isArray(value)) {
    for (const one of value) yield* textsIn(one);
  } else if (typeof value === "object" && value !== null) {
    const isRate = "numerator" in value;
    for (const [key, one] of Object.entries(value))
      if (!OURS.has(key) && !(isRate && key === "name")) yield* textsIn(one);
  }
}
