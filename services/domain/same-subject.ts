import type { Place } from "./event.ts";
import { likeness, printOf, subjectRarity } from "./text-likeness.ts";

/** What somebody said of a trouble, and the place that was read from it. */
interface Told {
  place: Place;
  summary: string;
}

export interface SubjectMatch {
  /** of what is said beside the place, 0 to 1 */
  alike: number;
  /** whether the two speak of different things */
  other: boolean;
}

/** Compares what two people said beside the place; the same in whichever order. */
export function compareSubjects(one: Told, other: Told): SubjectMatch {
  const ours = printOf(withoutPlace(one), subjectRarity, 1);
  const theirs = printOf(withoutPlace(other), subjectRarity, 1);
  const alike = likeness(ours, theirs);
  const [our, their] = [suppliesOf(one.summary), suppliesOf(other.summary)];
  const bothSupplies = our.length > 0 && their.length > 0;
  const sameSupply = our.some((supply) => their.includes(supply));
  const strange =
    ours.norm >= ENOUGH_SAID && theirs.norm >= ENOUGH_SAID && alike < SOMETHING_SHARED;
  return {
    alike,
    other: bothSupplies ? !sameSupply : strange,
  };
}

/** Below this nothing of substance is shared. */
const SOMETHING_SHARED = 0.06;
/** Fewer words (「停水了」) say too little to speak of something else. */
const ENOUGH_SAID = 1.8;

function withoutPlace({ place, summary }: Told): string {
  const beside = place.raw === null ? summary : summary.replaceAll(place.raw, ",");
  return beside.replace(/\d+ ?(?:号楼|幢|栋|单元|楼|室|号)?/g, ",");
}

/** What can fail to come out of the wall: 停水 and 停电 share a word and nothing else. */
const SUPPLIES: readonly [string, RegExp][] = [
  ["water", /[停没断]了?水|水[压管]|自来水|来水/],
  ["power", /[停没断]了?电|跳闸|来电|电压/],
  ["gas", /[停没断]了?(?:燃|煤|天然)?气|(?:燃|煤|天然)气|来气/],
  ["net", /[停没断]了?网|宽带|网络/],
  ["heat", /暖气|供暖|不热/],
];

const suppliesOf = (words: string): string[] =>
  SUPPLIES.flatMap(([supply, pattern]) => (pattern.test(words) ? [supply] : []));
