import { pinyin } from "pinyin-pro";

/** Characters that look alike and are typed for each other; each stands for the first of its row. */
const LOOKALIKES = [
  "苑宛菀",
  "末未",
  "冶治",
  "岸崖",
  "锦绵棉",
  "滨宾",
  "柳抑",
  "泉皇",
  "桥侨娇",
  "溪奚",
  "庄压",
  "河何",
  "湾弯",
  "岭岑",
  "塘糖搪",
  "埠阜",
  "坞鸣",
];

const shape = new Map(LOOKALIKES.flatMap((row) => [...row].map((sign) => [sign, row.charAt(0)])));
/** How a character code sounds, as the code of its sign; 0: not looked at yet. */
const known = new Uint16Array(0x10000);
const syllables = new Map<string, number>();

/**
 * The text as it sounds, one private sign for one character, so that places in the two agree. The
 * southern mergers are folded too: zh/z, ch/c, sh/s, n/l, -ng/-n, hu/fu stay what people type.
 */
export function fold(text: string): string {
  let folded = "";
  for (let at = 0; at < text.length; at++) {
    folded += String.fromCharCode(foldCode(text.charCodeAt(at)));
  }
  return folded;
}

/** The same for one character, by code. */
export function foldCode(code: number): number {
  const seen = known[code] ?? 0;
  if (seen !== 0) return seen;
  const sign = String.fromCharCode(code);
  const folded = /[\u4e00-\u9fff]/.test(sign)
    ? syllableCode(soundOf(shape.get(sign) ?? sign))
    : code;
  known[code] = folded;
  return folded;
}

const soundOf = (sign: string): string =>
  pinyin(sign, { toneType: "none", v: true })
    .replace(/^(z|c|s)h/, "$1")
    .replace(/^n(?=[aeiou])/, "l")
    .replace(/(in|en|an)g$/, "$1");

function syllableCode(sound: string): number {
  const seen = syllables.get(sound);
  if (seen !== undefined) return seen;
  const code = 0xe100 + syllables.size;
  syllables.set(sound, code);
  return code;
}
