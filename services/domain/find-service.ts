import type { ServiceItem } from "./service-item.ts";
import {
  askingPart,
  coresOf,
  isBackground,
  pairsOf,
  plainWords,
  thingsIn,
} from "./service-words.ts";

/** What the district's items have to say to a question. */
export type FoundService =
  /** the question names this one, and nothing else that could be meant */
  | { fit: "sure"; items: [ServiceItem] }
  /** these may be meant, best first, three at most: to be asked, never to be answered */
  | { fit: "several"; items: ServiceItem[] }
  | { fit: "none"; items: [] };

export interface ServiceFinder {
  /** empty where the district gave none */
  readonly items: readonly ServiceItem[];
  find(question: string): FoundService;
}

const MOST = 3;
const LONGEST_READ = 300;
const NONE: FoundService = { fit: "none", items: [] };

// Of what the question is about, so much may be left unexplained by the item that is quoted as the answer.
const LEFT_WHEN_SURE = 0.4;
// Below these shares of the question's words an item is not even asked about.
const NAMED_BUT_UNSURE = 0.4;
const BY_TEXT = 0.6;
const NEAR_THE_BEST = 0.8;

/**
 * Full text over names, aliases and guides by pairs of signs, as Chinese has no blanks. Only an item
 * whose name or alias stands in the question is ever sure: a guide that merely sounds alike is asked
 * about. Thousands of items take a millisecond.
 */
export function buildServiceFinder(items: readonly ServiceItem[]): ServiceFinder {
  const indexed = items.map(indexItem);
  const holders = new Map<string, number[]>();
  for (const [at, { pairs }] of indexed.entries())
    for (const pair of pairs.keys()) {
      const list = holders.get(pair);
      if (list === undefined) holders.set(pair, [at]);
      else list.push(at);
    }
  const rarity = (pair: string): number =>
    Math.log(1 + items.length / (1 + (holders.get(pair)?.length ?? 0)));

  return {
    items,
    find(question) {
      const asked = askingPart(plainWords(question).slice(0, LONGEST_READ));
      const things = thingsIn(asked);
      const near = new Set(pairsOf(asked).flatMap((pair) => holders.get(pair) ?? []));
      const named = longestNames(
        [...near].flatMap((at) => nameIn(asked, things, indexed[at] as Indexed)),
      );
      const sure = bestBySaying(
        named.filter(({ doubtful }) => !doubtful),
        plainWords(question),
      );
      const [only] = sure;
      if (only !== undefined && sure.length === 1) return { fit: "sure", items: [only.item] };
      if (sure.length > 1) return several(sure.map(({ item }) => item));
      const asking = pairsOf(things.replaceAll(/ +/g, " "));
      return several(byText(asking, [...near], named));
    },
  };

  function byText(asking: string[], near: number[], named: readonly Named[]): ServiceItem[] {
    const whole = asking.reduce((sum, pair) => sum + rarity(pair), 0);
    const scored = near.flatMap((at) => {
      const { item, pairs } = indexed[at] as Indexed;
      const found = asking.filter((pair) => pairs.has(pair));
      const share =
        found.reduce((sum, pair) => sum + rarity(pair) * (pairs.get(pair) ?? 0), 0) / (whole || 1);
      const byName = named.some((one) => one.item === item && one.explained >= NAMED_BUT_UNSURE);
      const enough = byName || (found.length >= 2 && share >= BY_TEXT);
      return enough ? [{ item, score: byName ? Math.max(share, BY_TEXT) : share }] : [];
    });
    scored.sort((a, b) => b.score - a.score || (a.item.code < b.item.code ? -1 : 1));
    const best = scored[0]?.score ?? 0;
    return scored.filter(({ score }) => score >= best * NEAR_THE_BEST).map(({ item }) => item);
  }
}

function several(items: readonly ServiceItem[]): FoundService {
  return items.length === 0 ? NONE : { fit: "several", items: items.slice(0, MOST) };
}

interface Indexed {
  item: ServiceItem;
  cores: string[];
  /** everything the item says, in one writing */
  text: string;
  /** pairs of signs with what a match counts: 1 in a name, less in the guide */
  pairs: Map<string, number>;
}

const IN_THE_GUIDE = 0.7;

function indexItem(item: ServiceItem): Indexed {
  const names = [item.name, ...item.aliases];
  const text = plainWords([...names, item.conditions, item.materials].join(" "));
  const pairs = new Map(pairsOf(text).map((pair) => [pair, IN_THE_GUIDE]));
  for (const name of names) for (const pair of pairsOf(plainWords(name))) pairs.set(pair, 1);
  return { item, cores: [...new Set(names.flatMap(coresOf))], text, pairs };
}

/** An item whose name stands in the question. */
interface Named {
  item: ServiceItem;
  start: number;
  end: number;
  /** which share of the things in the question the item explains */
  explained: number;
  /** the name may be part of another one, or only the background of the question */
  doubtful: boolean;
}

function nameIn(asked: string, things: string, { item, cores, text }: Indexed): Named[] {
  const core = cores
    .filter((one) => asked.includes(one))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), "");
  if (core === "") return [];
  const start = asked.indexOf(core);
  const end = start + core.length;
  const before = things.slice(0, start).split(" ");
  const after = things.slice(end).split(" ");
  const unknown = (run: string) => run !== "" && !text.includes(run);
  const left = [...before, ...after].filter(unknown).join("").length;
  const explained = core.length / (core.length + left);
  // 「居住证明」 is no 「居住证」, and 「临时身份证」 no 「身份证」.
  const longer = unknown(before.at(-1) ?? "") || (after[0] !== "" && unknown(core + after[0]));
  // 「个体户怎么交社保」: what comes later is what is asked for.
  const elsewhere = after.some((run) => run.length >= 2 && unknown(run));
  const doubtful =
    isBackground(asked.slice(0, start)) || longer || elsewhere || 1 - explained > LEFT_WHEN_SURE;
  return [{ item, start, end, explained, doubtful }];
}

/** 「临时身份证」 is not 「身份证」: a name within a longer one that is there too does not count. */
const longestNames = (named: readonly Named[]): Named[] =>
  named.filter(
    (one) =>
      !named.some(
        (other) =>
          other.start <= one.start &&
          other.end >= one.end &&
          other.end - other.start > one.end - one.start,
      ),
  );

const SAID_OTHERWISE: readonly (readonly [RegExp, string])[] = [
  [/丢|掉了|遗失|不见|坏了|补/, "补"],
  [/过期|到期|换/, "换"],
  [/第一次|新办|初次|申领|申请/, "申"],
  [/不要了|注销|取消/, "注销"],
];

/** Of items about the same thing (居住证申领, 居住证补办) those whose name says what is to be done with it. */
function bestBySaying(named: readonly Named[], question: string): Named[] {
  if (named.length < 2) return [...named];
  const meant = SAID_OTHERWISE.filter(([said]) => said.test(question)).map(([, word]) => word);
  const fits = named.map(({ item }) => meant.filter((word) => item.name.includes(word)).length);
  const most = Math.max(...fits);
  const places = new Set(named.map(({ start }) => start));
  return places.size > 1 ? [...named] : named.filter((_, at) => fits[at] === most);
}
