import { addDays, type Day } from "../time.ts";

/** The 24 solar terms (节气), from 小寒 in January on; 立春 is the third. */
export const SOLAR_TERMS =
  "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至".split(
    " ",
  );

const RADIANS = Math.PI / 180;

/** The day in China on which the sun reaches the term's longitude, 15 degrees apart. */
export function solarTerm(year: number, index: number): Day {
  const wanted = (285 + index * 15) % 360;
  const guess = addDays(`${year}-01-01`, Math.round(index * 15.2184 + 1));
  for (let days = 0; days < 10; days++) {
    const day = addDays(guess, days);
    if (ahead(sunAtEndOf(day), wanted) < 180) return day;
  }
  return guess;
}

/** How far the sun is past the wanted longitude, 0–360. */
const ahead = (longitude: number, wanted: number): number =>
  (((longitude - wanted) % 360) + 360) % 360;

/** The sun's longitude at the midnight in China that ends the day; right to a hundredth of a degree. */
function sunAtEndOf(day: Day): number {
  const days = (Date.parse(`${day}T16:00:00Z`) - Date.UTC(2000, 0, 1, 12)) / 86_400_000;
  const mean = 280.46 + 0.9856474 * days;
  const anomaly = (357.528 + 0.9856003 * days) * RADIANS;
  return mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly);
}
