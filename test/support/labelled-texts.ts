import { seededChance } from "../../services/chance.ts";

/** What the made-up letters of a label speak of. */
const SUBJECTS: Record<string, readonly string[]> = {
  灯: ["路灯", "灯泡", "照明", "灯杆", "夜里漆黑", "不亮"],
  水: ["自来水", "水管", "停水", "水压", "漏水", "水表"],
  吵: ["噪音", "施工声", "音响", "广场舞", "半夜", "扰民"],
};
const AROUND = ["南塘家园", "柳岸新村", "门口", "已经三天", "老人多", "打过电话", "盼回复", "5幢"];

/** Letters in which two words of the subject stand among others; the same seed writes the same. */
export function labelledTexts(count: number, seed: number): { text: string; label: string }[] {
  const chance = seededChance(seed);
  const labels = Object.keys(SUBJECTS);
  return Array.from({ length: count }, (_, index) => {
    const label = labels[index % labels.length] ?? "";
    const own = SUBJECTS[label] ?? [];
    const words = [chance.of(own), chance.of(AROUND), chance.of(own), ...AROUND.slice(index % 6)];
    return { text: words.join(" "), label };
  });
}

export const asLines = (rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join("");
