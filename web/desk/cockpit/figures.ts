import type { AnyRate, BareRate } from "./stats-api.ts";

/** Averages are said as numbers, ratios as percent. */
const AVERAGES: readonly AnyRate[] = ["avgResponseMinutes", "satisfaction"];
/** Less of it is better. */
const LESS_IS_BETTER: readonly AnyRate[] = ["overdueRate", "reworkRate", "avgResponseMinutes"];
/** Neither more nor less of it is better or worse by itself. */
const NEUTRAL: readonly AnyRate[] = ["publicTipShare", "callRate"];

export const isAverage = (name: AnyRate): boolean => AVERAGES.includes(name);

/** `99.71%`, `12.5`, `—` where there is nothing to divide by. */
export function valueText(name: AnyRate, { value }: Pick<BareRate, "value">): string {
  if (value === null) return "—";
  return isAverage(name) ? trimmed(value.toFixed(1)) : `${(value * 100).toFixed(2)}%`;
}

export const countText = (count: number): string =>
  count.toLocaleString("en-US", { maximumFractionDigits: 1 });

export interface Change {
  text: string;
  tone: "better" | "worse" | "same";
}

/** How a rate moved: in percentage points, an average in its own unit; null where one of both is missing. */
export function changeOf(name: AnyRate, now: BareRate, before: BareRate): Change | null {
  if (now.value === null || before.value === null) return null;
  const moved = (now.value - before.value) * (isAverage(name) ? 1 : 100);
  const size = isAverage(name) ? trimmed(Math.abs(moved).toFixed(1)) : Math.abs(moved).toFixed(2);
  if (Number(size) === 0) return { text: "±0", tone: "same" };
  const better = LESS_IS_BETTER.includes(name) ? moved < 0 : moved > 0;
  return {
    text: `${moved > 0 ? "+" : "−"}${size}${isAverage(name) ? "" : "pp"}`,
    tone: NEUTRAL.includes(name) ? "same" : better ? "better" : "worse",
  };
}

/** How a count moved, in percent of what it was; null where it was nothing. */
export function countChange(now: number, before: number): Change | null {
  if (before === 0) return null;
  const moved = ((now - before) / before) * 100;
  if (Math.abs(moved) < 0.05) return { text: "±0", tone: "same" };
  return { text: `${moved > 0 ? "+" : "−"}${Math.abs(moved).toFixed(1)}%`, tone: "same" };
}

const trimmed = (text: string): string => text.replace(/\.0$/, "");
