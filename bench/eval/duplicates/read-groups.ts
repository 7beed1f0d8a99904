import { z } from "zod";
import { type Pair, pairKey } from "./pairs.ts";

/** Which texts speak of one matter, and which pairs nobody is sure of. */
export interface Groups {
  /** every pair of one group, each once */
  pairs: Pair[];
  /** whether a pair counts as neither: it is of one group, or somebody thought so */
  related(one: string, other: string): boolean;
}

const Ids = z.array(z.coerce.string());
const File = z.object({
  hot_topics: z
    .record(z.string(), z.object({ ids_2plus: Ids, ids_1: Ids.default([]) }))
    .default({}),
  exact_duplicate_texts: z.array(Ids).default([]),
});
const Line = z.object({ id: z.coerce.string(), title: z.string().default(""), text: z.string() });

/** Texts by id, the title before the text. @throws Error naming file and line */
export function readTexts(content: string, file: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    try {
      const { id, title, text } = Line.parse(JSON.parse(line));
      texts.set(id, title === "" ? text : `${title}。${text}`);
    } catch (cause) {
      throw new Error(`${file}:${index + 1} is no text {id, title?, text}. Correct the line.`, {
        cause,
      });
    }
  }
  return texts;
}

/** @throws Error naming the file where it is no list of groups, or names an id that has no text */
export function readGroups(
  content: string,
  file: string,
  texts: ReadonlyMap<string, string>,
): Groups {
  const { hot_topics, exact_duplicate_texts } = parseGroups(content, file);
  const topics = Object.values(hot_topics);
  const groups = [...topics.map(({ ids_2plus }) => ids_2plus), ...exact_duplicate_texts];
  const unknown = groups.flat().find((id) => !texts.has(id));
  if (unknown !== undefined)
    throw new Error(`${file} names the text ${unknown}, which --texts does not have. Add it.`);
  const pairs = new Map(groups.flatMap(pairsOf).map((pair) => [pairKey(pair), pair]));
  const topicOf = new Map(
    topics.flatMap(({ ids_2plus, ids_1 }, topic) =>
      [...ids_2plus, ...ids_1].map((id) => [id, topic] as const),
    ),
  );
  const sameTopic = (one: string, other: string) =>
    topicOf.has(one) && topicOf.get(one) === topicOf.get(other);
  return {
    pairs: [...pairs.values()],
    related: (one, other) => sameTopic(one, other) || pairs.has(pairKey([one, other])),
  };
}

function parseGroups(content: string, file: string): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(content));
  } catch (cause) {
    throw new Error(
      `${file} is no list of groups {hot_topics: {name: {ids_2plus, ids_1?}}, exact_duplicate_texts: [[id]]}. Correct it.`,
      { cause },
    );
  }
}

const pairsOf = (ids: readonly string[]): Pair[] =>
  ids.flatMap((one, at) => ids.slice(at + 1).map((other): Pair => [one, other]));
