import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { normalise } from "../normalise.ts";
import { PROPOSED_KINDS } from "./answer.ts";

/** A labelled case of `prompts/cases` that a model can learn the form from. */
export interface LabelledCase {
  id: string;
  text: string;
  kind: string;
  /** null for small talk, and where the case says none */
  category: string | null;
  place: string | null;
}

export interface SimilarCases {
  /** the cases nearest to a message, nearest first; the message itself is never one of them */
  similarTo(text: string): LabelledCase[];
}

const MOST = 4;
// Below this cosine two messages have only everyday words in common.
const NEAR_ENOUGH = 0.12;

/** By pairs of signs, rare ones counting more: the same message always finds the same cases. */
export function buildSimilarCases(cases: readonly LabelledCase[]): SimilarCases {
  const texts = cases.map((one) => pairsOf(one.text));
  const holders = new Map<string, number>();
  for (const pairs of texts)
    for (const pair of pairs.keys()) holders.set(pair, (holders.get(pair) ?? 0) + 1);
  const rarity = (pair: string) => Math.log(1 + cases.length / (1 + (holders.get(pair) ?? 0)));
  const weighed = texts.map((pairs) => unit(pairs, rarity));
  return {
    similarTo(text) {
      const asked = unit(pairsOf(text), rarity);
      const plain = plainText(text);
      return cases
        .map((one, at) => ({ one, near: cosine(asked, weighed[at] ?? new Map()) }))
        .filter(({ one, near }) => near >= NEAR_ENOUGH && plainText(one.text) !== plain)
        .sort((a, b) => b.near - a.near || (a.one.id < b.one.id ? -1 : 1))
        .slice(0, MOST)
        .map(({ one }) => one);
    },
  };
}

const folder = new URL("../../../prompts/cases/", import.meta.url);

const Line = z.object({
  id: z.string(),
  text: z.string(),
  kind: z.string().optional(),
  category: z.string().optional(),
  place: z.string().optional(),
  none: z.boolean().optional(),
  events: z.number().optional(),
  own: z.array(z.unknown()).default([]),
  neighbour: z.array(z.unknown()).default([]),
  pending: z.string().optional(),
  role: z.string().optional(),
});

/** The cases that stand alone and are a model's business: one reporting kind, or small talk. */
export const readLabelledCases = (): LabelledCase[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .flatMap((name) =>
      readFileSync(new URL(name, folder), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .flatMap((line) => asExample(Line.parse(JSON.parse(line)))),
    );

function asExample(line: z.infer<typeof Line>): LabelledCase[] {
  const alone =
    line.own.length + line.neighbour.length === 0 &&
    line.pending === undefined &&
    line.role === undefined &&
    (line.events ?? 1) <= 1;
  const kind = line.kind ?? (line.none ? "chitchat" : "");
  const proposed = PROPOSED_KINDS.some((one) => one === kind);
  const told = kind === "chitchat" || line.category !== undefined;
  if (!alone || !proposed || !told || /[<>\n]/.test(line.text)) return [];
  const { id, text, category = null, place = null } = line;
  return [{ id, text, kind, category, place }];
}

const plainText = (text: string): string =>
  normalise(text.slice(0, 500)).text.replace(/[\s\p{P}]/gu, "");

function pairsOf(text: string): Map<string, number> {
  const plain = plainText(text);
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < plain.length; at++) {
    const pair = plain.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

function unit(pairs: Map<string, number>, rarity: (pair: string) => number): Map<string, number> {
  const weights = [...pairs].map(([pair, count]) => [pair, count * rarity(pair)] as const);
  const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
  return new Map(weights.map(([pair, weight]) => [pair, weight / length]));
}

const cosine = (one: Map<string, number>, other: Map<string, number>): number =>
  [...one].reduce((sum, [pair, weight]) => sum + weight * (other.get(pair) ?? 0), 0);
