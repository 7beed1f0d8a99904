const URLS = /https?:\/\/[^\s，。、；）」】]+/g;

/** Signs that would format, link or mention, with the full-width ones that only look so. */
const SIGNS: Readonly<Record<string, string>> = {
  "*": "＊",
  _: "＿",
  "`": "｀",
  "[": "［",
  "]": "］",
  "<": "＜",
  "~": "～",
};
const LINE_STARTS: Readonly<Record<string, string>> = {
  "#": "＃",
  ">": "＞",
  "-": "－",
  "+": "＋",
};

/**
 * A plain text for a platform that takes nothing but Markdown: it is read as it was written. What a
 * resident wrote must not become a link, a heading or a mention in an official's chat. Addresses stay.
 */
export function plainMarkdown(text: string): string {
  let done = 0;
  let plain = "";
  for (const url of text.matchAll(URLS)) {
    plain += withoutSigns(text.slice(done, url.index)) + url[0];
    done = url.index + url[0].length;
  }
  return plain + withoutSigns(text.slice(done));
}

const withoutSigns = (text: string): string =>
  text
    .replace(/[*_`[\]<~]/g, (sign) => SIGNS[sign] ?? sign)
    .replace(
      /^(\s*)([#>+-])/gm,
      (_all, blank: string, sign: string) => blank + (LINE_STARTS[sign] ?? sign),
    );
