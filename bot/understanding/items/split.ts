/** A part of the normalised message that tells one problem. */
export interface Part {
  start: number;
  end: number;
}

/** More problems than this in one message are not told apart. */
export const MOST_ITEMS = 5;

const SHORTEST_PART = 4;
/** Longer texts are letters: however many points they make, a person reads them as one. */
const LONGEST_SPLIT = 1000;

/**
 * Cuts a message that counts its problems (「1… 2…」, 「①… ②…」, 「一是… 二是…」) or joins them by words
 * that begin another (还有, 另外). Whether a part is a problem of its own is decided later.
 */
export function splitProblems(text: string): Part[] {
  if (text.length > LONGEST_SPLIT) return [{ start: 0, end: text.length }];
  const cuts = numberedCuts(text) ?? announcedCuts(text) ?? wordCuts(text);
  if (cuts.length === 0) return [{ start: 0, end: text.length }];
  const parts: Part[] = [];
  const lead = cuts[0]?.from ?? 0;
  if (lead > 0) parts.push({ start: 0, end: lead });
  cuts.forEach((cut, index) => {
    parts.push({ start: cut.to, end: cuts[index + 1]?.from ?? text.length });
  });
  return parts.filter((part) => part.end - part.start >= SHORTEST_PART);
}

interface Cut {
  from: number;
  to: number;
}

const MARKS: readonly ((count: number) => RegExp)[] = [
  (count) =>
    new RegExp(
      `(?:^|(?<=[\\s,.;:!?。、；，：！？]|[\\u4e00-\\u9fa5](?=${count}[.、)])))[(（]?${count}(?:[.、)）:：]+ ?| |(?=[\\u4e00-\\u9fa5]))(?!幢|栋|号|楼|单元|层|室|个|人|天|月|日|年|点|元|块|家|条|辆|户|次|区|期|米|小时|分|多|万)`,
      "g",
    ),
  (count) => new RegExp(String.fromCharCode(0x245f + count), "g"),
  (count) =>
    new RegExp(
      `(?:第${"一二三四五"[count - 1]}(?:[,、:：个件]|是)|${"一二三四五"[count - 1]}(?:是|、|[.:：]))`,
      "g",
    ),
];

/** By mark and number, 1 to `MOST_ITEMS`. */
const NUMBERS: readonly (readonly RegExp[])[] = MARKS.map((mark) =>
  Array.from({ length: MOST_ITEMS }, (_, index) => mark(index + 1)),
);

function numberedCuts(text: string): Cut[] | null {
  for (const patterns of NUMBERS) {
    const cuts: Cut[] = [];
    let from = 0;
    for (const pattern of patterns) {
      pattern.lastIndex = from;
      const match = pattern.exec(text);
      if (match === null) break;
      from = match.index + match[0].length;
      cuts.push({ from: match.index, to: from });
    }
    if (cuts.length >= 2) return cuts;
  }
  return null;
}

const ANNOUNCED =
  /^.{0,12}?[两二三四五2-5] ?(?:件事情?|个(?:问题|情况|事情?))(?:要?反映)?[:：,， ]+/;

/** 「三件事:夜宵摊占道、楼道飞线充电、…」: announced by their number, listed one behind the other. */
function announcedCuts(text: string): Cut[] | null {
  const lead = ANNOUNCED.exec(text)?.[0].length;
  if (lead === undefined) return null;
  const cuts: Cut[] = [{ from: 0, to: lead }];
  for (const match of text.slice(lead).matchAll(/[、,，;；。] */g)) {
    const from = lead + match.index;
    cuts.push({ from, to: from + match[0].length });
    if (cuts.length === MOST_ITEMS) break;
  }
  return cuts.length >= 2 ? cuts : null;
}

const ANOTHER =
  /[\s,.;!。；，！]*(?:还有(?:就是|一个|一件事?|个事)?|另外(?:还有)?|此外|再有就是|再有|再就是|顺便(?:说|问|反映)?(?:一下|下)?|对了|其次|同时还?有?|以及)(?![人没时])[\s,:，：]*/g;

function wordCuts(text: string): Cut[] {
  const cuts: Cut[] = [];
  for (const match of text.matchAll(ANOTHER)) {
    if (match.index === 0) continue;
    cuts.push({ from: match.index, to: match.index + match[0].length });
    if (cuts.length === MOST_ITEMS - 1) break;
  }
  return cuts;
}
