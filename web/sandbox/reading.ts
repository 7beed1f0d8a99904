import type { Understood, UnderstoodItem } from "./api.ts";

export interface Fact {
  name: string;
  value: string;
  tone?: "missing" | "urgent";
}

export interface ShownReading {
  /** such as 报事, or 工作指令:受理 */
  title: string;
  /** whole percent; null where the bot gave none */
  confidence: number | null;
  sureness: "low" | "fair" | "high";
  items: { facts: Fact[]; others: string[] }[];
  by: string | null;
}

const READ_BY: Record<string, string> = {
  rules: "规则识别",
  model: "大模型识别",
  hybrid: "规则+大模型",
};

/** Below this a person should look twice. */
const UNSURE = 60;
const SURE = 80;

/** The reading as the card shows it, in the order a dispatcher asks: what, where, how grave. */
export function readingOf(understood: Understood): ShownReading {
  const confidence =
    understood.confidence === null ? null : Math.round(understood.confidence * 100);
  return {
    title: [understood.kindName, understood.commandNames.join("、")].filter(Boolean).join(":"),
    confidence,
    sureness:
      confidence === null || confidence >= SURE ? "high" : confidence < UNSURE ? "low" : "fair",
    items: understood.items.map((item) => ({ facts: factsOf(item), others: othersOf(item) })),
    by: understood.by === null ? null : (READ_BY[understood.by] ?? understood.by),
  };
}

function factsOf(item: UnderstoodItem): Fact[] {
  const isUrgent = item.urgency === "urgent" || item.urgency === "critical";
  return [
    { name: "类别", value: item.categoryName },
    item.place === null
      ? { name: "地点", value: "没听出来", tone: "missing" }
      : { name: "地点", value: item.place },
    ...(item.levelName === null ? [] : [{ name: "级别", value: item.levelName }]),
    ...(item.urgencyName === null
      ? []
      : [
          {
            name: "缓急",
            value: item.urgencyName,
            ...(isUrgent ? { tone: "urgent" as const } : {}),
          },
        ]),
  ];
}

const othersOf = (item: UnderstoodItem): string[] =>
  item.candidates
    .filter((candidate) => candidate.category !== item.category)
    .map((candidate) => `${candidate.categoryName} ${Math.round(candidate.score * 100)}%`);
