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
  const simplified = isAllSimplified(cleaned.text) ? cleaned.text : simplify(cleaned.text);
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

/** A name of the registry in the writing of `Normalised.text`, without blanks. */
export function plainName(name: string): string {
  // Hundreds of thousands of names are read at once, almost all of them plain already.
  const ordinary = ORDINARY_NAME.test(name) && isAllSimplified(name);
  return ordinary ? plainNumerals(name) : normalise(name).text.replaceAll(" ", "");
}

/** 1: the same in simplified writing; 2: another; 0: not looked at yet. */
const simplifiedSigns = new Uint8Array(0x10000);

function isAllSimplified(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x2e80 && !isSimplified(code)) return false;
  }
  return true;
}

function isSimplified(code: number): boolean {
  const seen = simplifiedSigns[code];
  if (seen !== 0) return seen === 1;
  const sign = String.fromCharCode(code);
  // 么 by itself is rare; in 什么 and 怎么 it stays as it is.
  const same = sign === "么" || simplify(sign) === sign;
  simplifiedSigns[code] = same ? 1 : 2;
  return same;
}

function clean(original: string): Omit<Normalised, "original"> {
  const words = withoutMentions(original);
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  const most = Math.min(words.length, LONGEST_READ);
  for (let at = 0; at < most; ) {
    const run = endOfPlainRun(words, at, most);
    text += words.slice(at, run);
    for (; at < run; at++) {
      starts.push(at);
      ends.push(at + 1);
    }
    if (at >= most) break;
    const symbol = String.fromCodePoint(words.codePointAt(at) ?? 0);
    const start = at;
    at += symbol.length;
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

/** Han and ASCII are nearly everything that people type; they stay as they are. */
function endOfPlainRun(words: string, from: number, most: number): number {
  let at = from;
  while (at < most && isPlain(words.charCodeAt(at))) at++;
  return at;
}

const isPlain = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) || (code > 0x20 && code < 0x7f);

/** Mentions and the stand-ins for attachments become blanks of the same length. */
const withoutMentions = (original: string): string =>
  !original.includes("@") && !original.includes("[")
    ? original
    : original.replace(
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
