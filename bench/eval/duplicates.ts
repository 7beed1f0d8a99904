import { readFileSync } from "node:fs";
import { seededChance } from "../../services/chance.ts";
import { likeness, printOf, type Rarity, rarityIn } from "../../services/domain/text-likeness.ts";
import { nearestStrangers, type Pair, randomPairs, sameCategoryPairs } from "./duplicates/pairs.ts";
import { readGroups, readTexts } from "./duplicates/read-groups.ts";

/**
 * From here on two letters count as one matter: a round figure set by looking at one set of groups. The
 * product does not join by it, and the figures at fixed recalls do not depend on it.
 */
const SAME_MATTER = 0.08;
const RECALLS = [0.5, 0.6, 0.7, 0.8, 0.9];
const RANDOM_FOR_EACH = 10;
const SEED = 20260101;

/**
 * `npm run eval -- --duplicates GROUPS.json --texts FILE.jsonl`: how well the likeness of texts finds the
 * pairs of the groups, against random pairs (ten for each), pairs of one category (one for each), and the
 * strangers most like each text (about one for each pair; some of them are duplicates nobody labelled).
 *
 * @param categoryOf - how the product's reader files a text
 */
export function scoreDuplicates(
  files: { groups: string; texts: string },
  categoryOf: (text: string) => string,
) {
  const started = performance.now();
  const texts = readTexts(readFileSync(files.texts, "utf8"), files.texts);
  const groups = readGroups(readFileSync(files.groups, "utf8"), files.groups, texts);
  const ids = [...texts.keys()];
  const count = groups.pairs.length;
  if (count === 0)
    throw new Error(`${files.groups} has no group of two texts. Give a file that has one.`);
  const learned = likenessBy(texts, rarityIn([...texts.values()]));
  const chance = seededChance(SEED);
  const pairs = {
    same: groups.pairs,
    random: randomPairs(ids, groups, count * RANDOM_FOR_EACH, chance),
    sameCategory: sameCategoryPairs(texts, categoryOf, groups, count, chance),
    nearest: nearestStrangers(ids, groups, count, learned, chance),
  };
  const measured = measure(pairs, learned);
  return {
    pairs: count,
    strangers: {
      random: pairs.random.length,
      sameCategory: pairs.sameCategory.length,
      nearest: pairs.nearest.length,
    },
    ...measured.figuresAt(SAME_MATTER),
    at: measured.at,
    // What a district has that knows no texts yet.
    withoutCorpus: measure(pairs, likenessBy(texts, undefined)).at,
    seed: SEED,
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

type Likeness = (pair: Pair) => number;

function likenessBy(texts: ReadonlyMap<string, string>, rarity: Rarity | undefined): Likeness {
  const prints = new Map([...texts].map(([id, text]) => [id, printOf(text, rarity)]));
  const nothing = printOf("");
  return ([one, other]) => likeness(prints.get(one) ?? nothing, prints.get(other) ?? nothing);
}

type Strangers = "random" | "sameCategory" | "nearest";

function measure(pairs: Record<"same" | Strangers, readonly Pair[]>, of: Likeness) {
  const same = pairs.same.map(of).sort((a, b) => b - a);
  const strangers = {
    random: pairs.random.map(of),
    sameCategory: pairs.sameCategory.map(of),
    nearest: pairs.nearest.map(of),
  };
  const figuresAt = (threshold: number) => {
    const found = reaching(same, threshold);
    const precision = (among: Strangers) =>
      round(found / (found + reaching(strangers[among], threshold)));
    return {
      threshold: round(threshold),
      recall: round(found / same.length),
      precision: precision("random"),
      precisionSameCategory: precision("sameCategory"),
      precisionNearest: precision("nearest"),
    };
  };
  const at = RECALLS.map((recall) =>
    figuresAt(same[Math.max(0, Math.ceil(recall * same.length) - 1)] ?? 0),
  );
  return { figuresAt, at };
}

const reaching = (scores: readonly number[], threshold: number): number =>
  scores.filter((score) => score >= threshold).length;

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
