import { Converter } from "opencc-js/t2cn";
import { buildingNumerals, mendTypos, plainNumerals } from "./normalise-numerals.ts";

/**
 * The message in one writing: simplified characters, half-width letters and digits, single spaces,
 * no emoji, no control characters, no mention. `starts[i]` is where character `i` of `text` stands in
 * the original, `ends[i]` where it ends, so that every span found can be quoted as it was typed.
 */
export interface Normalised {
  original: string;
  text: string;
  starts: number[];
  ends: number[];
}

/** Longer messages are read up to here; the original is kept whole by the inbox. */
const LONGEST_READ = 7000;

const simplify = Converter({ from: "tw", to: "cn" });

export function normalise(original: string): Normalised {
  const cleaned = clean(original);
  const simplified = simplify(cleaned.text);
  const text = simplified.length === cleaned.text.length ? simplified : cleaned.text;
  return buildingNumerals(mendTypos({ ...cleaned, original, text }));
}

/** The words of the original that stand at `[start, end)` of the normalised text. */
export function originalWords(message: Normalised, start: number, end: number): string {
  const from = message.starts[start];
  const to = message.ends[end - 1];
  if (from === undefined || to === undefined || to <= from) return "";
  return message.original.slice(from, to);
}

const ORDINARY_NAME = /^[\u4e00-\u9fa5A-Za-z0-9]+$/;
const unchanged = new Map<string, boolean>();

/** A name of the registry in the writing of `Normalised.text`, without blanks. */
export function plainName(name: string): string {
  // Hundreds of thousands of names are read at once, almost all of them plain already.
  const ordinary = ORDINARY_NAME.test(name) && [...name].every(isSimplified);
  return ordinary ? plainNumerals(name) : normalise(name).text.replaceAll(" ", "");
}

function isSimplified(sign: string): boolean {
  const seen = unchanged.get(sign);
  if (seen !== undefined) return seen;
  const same = simplify(sign) === sign;
  unchanged.set(sign, same);
  return same;
}

function clean(original: string): Omit<Normalised, "original"> {
  const words = withoutMentions(original);
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  let at = 0;
  for (const symbol of words) {
    const start = at;
    at += symbol.length;
    if (start >= LONGEST_READ) break;
    const plain = plainSymbol(symbol);
    if (plain === "" || (plain === " " && (text === "" || text.endsWith(" ")))) continue;
    text += plain;
    starts.push(start);
    ends.push(at);
  }
  if (text.endsWith(" ")) {
    text = text.slice(0, -1);
    starts.pop();
    ends.pop();
  }
  return { text, starts, ends };
}

/** Mentions and the stand-ins for attachments become blanks of the same length. */
const withoutMentions = (original: string): string =>
  original.replace(
    /@[\p{Script=Han}\w]{1,20}(?=[\s\u3000,，:：]|$)|\[(?:图片|照片|位置|语音|视频|文件)\]/gu,
    (found) => " ".repeat(found.length),
  );

/** One UTF-16 unit for the symbol, a blank where it only separates, nothing where it is invisible. */
function plainSymbol(symbol: string): string {
  const code = symbol.codePointAt(0) ?? 0;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (/^(?:\p{Cf}|\p{Variation_Selector})$/u.test(symbol)) return "";
  if (symbol.length > 1 || /^[\p{Cc}\p{Cs}\p{Co}\p{Z}\p{So}\p{Sk}]$/u.test(symbol)) {
    return /^[①-⑩]$/u.test(symbol) ? symbol : " ";
  }
  return symbol;
}
