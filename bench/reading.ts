import { readFileSync } from "node:fs";
import type { Heard } from "../bot/understanding/heard.ts";
import { buildKnowledge } from "../bot/understanding/knowledge.ts";
import { loadClues } from "../bot/understanding/lexicon.ts";
import { understandByRules } from "../bot/understanding/understand-by-rules.ts";
import { heardMessage } from "./eval/heard-message.ts";
import { sampleEarDirectory } from "./eval/sample-directory.ts";

export interface ReadingFigures {
  messages: number;
  /** characters */
  meanLength: number;
  /** from nothing to the first message read */
  startUpMs: number;
  /** on one core, all of it: kind, category, place, time, urgency */
  perSecond: number;
  /** the same texts asked only which of the lexicon's words they hold, word by word */
  baseline: { perSecond: number };
  ratio: number;
}

const ROUNDS = 4;
/** The baseline is slow; a part of the texts tells its rate as well. */
const BASELINE_SHARE = 10;

/** @param file - lines of `{text}` */
export function measureReading(file: string): ReadingFigures {
  const texts = textsOf(file);
  const begun = performance.now();
  const knowledge = buildKnowledge(sampleEarDirectory());
  const read = (text: string) => understandByRules(heard(text), knowledge);
  read("南塘家园3幢楼下垃圾桶满出来了");
  const startUpMs = Math.round(performance.now() - begun);
  const perSecond = bestRate(texts, read);
  const words = [...new Set(loadClues().flatMap(({ terms }) => terms.flatMap((one) => one.words)))];
  const some = texts.filter((_, at) => at % BASELINE_SHARE === 0);
  const baseline = bestRate(some, (text) => words.filter((word) => text.includes(word)));
  return {
    messages: texts.length,
    meanLength: Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length),
    startUpMs,
    perSecond,
    baseline: { perSecond: baseline },
    ratio: Math.round((perSecond / baseline) * 100) / 100,
  };
}

const textsOf = (file: string): string[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => (JSON.parse(line) as { text: string }).text);

const heard = (text: string): Heard => heardMessage({ id: "bench", text });

/** Of several rounds the best: what else the machine does only takes away. In processor time. */
function bestRate(texts: readonly string[], read: (text: string) => unknown): number {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (const text of texts) read(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, texts.length / ((user + system) / 1e6));
  }
  return Math.round(best);
}
