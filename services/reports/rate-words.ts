import type { Rate } from "../domain/rates.ts";

/** `99.71%(175090/175591)`; averages as they are; a dash where there is nothing to divide by. */
export function rateWords(rate: Rate): string {
  if (rate.value === null) return `—(${rate.numerator}/${rate.denominator})`;
  return `${valueWords(rate)}(${rate.numerator}/${rate.denominator})`;
}

/** The value alone. */
export function valueWords({ name, value }: Rate): string {
  if (value === null) return "—";
  return isAverage(name) ? String(Math.round(value * 10) / 10) : percent(value);
}

/** Shares are told in percent, minutes and scores are not. */
const isAverage = (name: string): boolean => /分钟|平均/.test(name);

const percent = (value: number): string => `${(value * 100).toFixed(2)}%`;

/** How a count stands to the one before: `12(上期 10,+20.0%)`. */
export function besideBefore(now: number, before: number): string {
  if (before === 0) return `${now}(上期 0)`;
  const change = ((now - before) / before) * 100;
  return `${now}(上期 ${before},${change >= 0 ? "+" : ""}${change.toFixed(1)}%)`;
}
