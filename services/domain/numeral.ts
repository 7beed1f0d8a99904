const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** The value of a Chinese numeral below 1,000, or of a row of digits (二〇三); null for anything else. */
export function readNumeral(numeral: string): number | null {
  if (/^\d{1,6}$/.test(numeral)) return Number(numeral);
  if (numeral.length > 1 && /^[零〇一二三四五六七八九]+$/.test(numeral)) {
    return Number([...numeral].map((sign) => DIGITS[sign]).join(""));
  }
  let total = 0;
  let digit: number | null = null;
  for (const sign of numeral) {
    const value = DIGITS[sign];
    if (value !== undefined) {
      digit = value;
    } else if (sign === "十" || sign === "百") {
      total += (digit ?? 1) * (sign === "十" ? 10 : 100);
      digit = null;
    } else {
      return null;
    }
  }
  return numeral === "" ? null : total + (digit ?? 0);
}
