import { readSpokenTimes, type SpokenTime } from "../../../services/domain/spoken-time.ts";
import { buildGazetteer } from "../places/gazetteer.ts";
import { findPlace } from "../places/place-span.ts";
import type { Stretch } from "./leftover.ts";

/** When and where people are to come together, as far as it was said. */
export interface Meeting {
  reportAt: Date | null;
  placeRaw: string | null;
  /** the words that said so */
  stretches: Stretch[];
}

/** Places are found here by their form alone; who knows the registry looks them up. */
const nothingKnown = buildGazetteer({ addresses: [] });

const GATHER =
  "集中|集合|报到|碰头|会合|汇合|碰面|见面|会面|到场|到位|到达|到岗|候着|等候|现场会商";
const AFTER_TIME =
  /^[ ,，]?(?:之?前|左右)?[ ,，]?(?:请|务必|统一|准时|全部|都|各部门|各单位)*(到(?!场|位|达|岗|齐)|在|于|赴|前往|赶到|赶赴|去|至|来)?[ :：]?([^\s,，。;；!！?？()（）]{2,40})/;
const STOPS = new RegExp(
  `(?:${GATHER}|开会|处置|处理|整治|开展|联合|现场(?=[:：]|$)|参加|会商|联系|对接|(?<=[路街口门园区场村店号幢]处?)(?:找|带))`,
);
const GATHERS = new RegExp(`^[ ,，]?(?:${GATHER})(?!整治|处理|清理|执法|力量)`);
const BEFORE_TIME = /(?:^|[\s,，。;；:：]|在|到|于|地点(?:是|为)?)([^\s,，。;；:：]{2,30})[ ,，]?$/;
const AT_PLACE = new RegExp(
  `(?:在|到|于|地点(?:是|为)?[:：]?|赶往|赶到|赶赴|前往) ?([^\\s,，。;；!！在到于]{2,30}?)(?=[ ,，]?(?:${GATHER}))`,
);

export function readMeeting(text: string, now: Date): Meeting {
  const time = meetingTime(text, now);
  const place = time === null ? null : (placeBehind(text, time) ?? placeBefore(text, time));
  const named = place ?? placeByItself(text);
  const stretches: Stretch[] = [];
  if (time !== null) stretches.push(time);
  if (named !== null) stretches.push(named);
  return { reportAt: time?.at ?? null, placeRaw: named?.words ?? null, stretches };
}

/** The clock counts more than 「马上」; what is still to come more than what has been; a day alone is no time. */
function meetingTime(text: string, now: Date): (SpokenTime & Stretch) | null {
  const times = readSpokenTimes(text, now).filter((time) => time.exact);
  const clock = times.filter((time) => !AT_ONCE.test(text.slice(time.start, time.end)));
  const found =
    clock.find((time) => time.at >= now) ??
    clock[0] ??
    times.find((time) => COMES.test(text.slice(time.end, time.end + 6))) ??
    null;
  if (found === null) return null;
  const verb = (AT_ONCE.test(text.slice(found.start, found.end)) ? COMES : ARRIVES).exec(
    text.slice(found.end, found.end + 8),
  );
  return verb === null ? found : { ...found, end: found.end + verb[0].length };
}

const AT_ONCE = /^(?:马上|立即|立刻|立马|即刻|现在|此刻)$/;
const COMES = /^(?:赶?到场?|赶来|来|赶往|集合|集中|出发|报到|出动|支援)(?:现场)?/;

const ARRIVES = /^(?:赶到|到场|到位|到达|到岗|到齐|到|来)(?:现场)?(?=[\s,，。;；!！]|$)/;

interface Place extends Stretch {
  words: string;
}

function placeBehind(text: string, time: Stretch): Place | null {
  const found = AFTER_TIME.exec(text.slice(time.end, time.end + 80));
  const said = found?.[2];
  if (found === null || said === undefined) return null;
  const start = time.end + found[0].length - said.length;
  const first = start + (STOPS.exec(said)?.index ?? said.length);
  const words = text.slice(start, first);
  if (words.length < 2) return null;
  const gathers = GATHERS.exec(text.slice(first, first + 8));
  const sure =
    isPlace(words) ||
    (found[1] !== undefined && !/^(?:他|她|我|你|办公室?$)/.test(words)) ||
    (gathers !== null && hasPlace(words));
  if (!sure) return null;
  const end = withNextWord(text, start, first);
  const verb = GATHERS.exec(text.slice(end, end + 8));
  return { words: text.slice(start, end), start: time.end, end: end + (verb?.[0].length ?? 0) };
}

/** 「滨河路 解放街口」: two places side by side are one. */
function withNextWord(text: string, start: number, end: number): number {
  const next = /^ ([^\s,，。;；!！?？]{2,20})(?=[\s,，。;；!！?？]|$)/.exec(
    text.slice(end, end + 24),
  );
  const both = next?.[1] !== undefined && isPlace(next[1]) && isPlace(text.slice(start, end));
  return both ? end + (next?.[0].length ?? 0) : end;
}

function placeBefore(text: string, time: Stretch): Place | null {
  const found = BEFORE_TIME.exec(text.slice(0, time.start));
  const words = found?.[1];
  if (found === null || words === undefined || !isPlace(words)) return null;
  const gathers = GATHERS.exec(text.slice(time.end, time.end + 8));
  const end = found.index + found[0].length;
  const start = end - (/[ ,，]$/.test(found[0]) ? 1 : 0) - words.length;
  return { words, start, end: gathers === null ? end : time.end + gathers[0].length };
}

function placeByItself(text: string): Place | null {
  const found = AT_PLACE.exec(text);
  const words = found?.[1];
  if (found === null || words === undefined || !hasPlace(words)) return null;
  const end = found.index + found[0].length;
  return {
    words,
    start: found.index,
    end: end + (GATHERS.exec(text.slice(end, end + 8))?.[0].length ?? 0),
  };
}

/** Whether the words are a place and nothing else. */
function isPlace(words: string): boolean {
  if (ENDS_AS_PLACE.test(words)) return true;
  const span = findPlace(words, nothingKnown);
  return span !== null && !span.vague && span.start <= 1 && words.length - span.end <= 2;
}

/** 和平路建设街口: said alone, its end is enough. */
const ENDS_AS_PLACE =
  /^[一-龥A-Za-z\d+与和-]{1,18}(?:[^上]路|街|口|[^上入出专]门|村|[^地]区|广场|市场|公园|花园|苑|车站|楼下?|幢|\d号|桥|大厦|医院|学校|附近|旁边?|对面|[东南西北]侧|社区)$/;

const hasPlace = (words: string): boolean => findPlace(words, nothingKnown) !== null;

/** A place named anywhere in the words; null when none has a name or a number. */
export function placeIn(words: string): string | null {
  const span = findPlace(words, nothingKnown);
  return span === null || span.vague ? null : words.slice(span.start, span.end).trim();
}
