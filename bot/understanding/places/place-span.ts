import type { Gazetteer, NameHit } from "./gazetteer.ts";
import { NAME_END, NO_NAME, NUMBERED, SPOT, TALK, TELLS, TELLS_CLEARLY } from "./place-words.ts";

/** Where a text names a place: the longest chain of names, numbers and spots that belong together. */
export interface PlaceSpan {
  start: number;
  end: number;
  /** where the names end and the spot (门口, 楼下) begins */
  bare: number;
  hits: NameHit[];
  /** only a kind of place (幼儿园门口) or a spot (楼上): it cannot be found by these words alone */
  vague: boolean;
}

interface Piece {
  start: number;
  end: number;
  kind: "known" | "named" | "numbered" | "kindOnly";
  hit: NameHit | null;
}

/** Long letters name their place early; what follows is not searched. */
const SEARCHED = 300;
const LONGEST_NAME = 12;

export function findPlace(text: string, gazetteer: Gazetteer): PlaceSpan | null {
  const searched = text.slice(0, SEARCHED);
  const chains = chainsOf(searched, piecesOf(searched, gazetteer));
  return chains.reduce<PlaceSpan | null>(
    (best, chain) => (best === null || worth(chain) > worth(best) + 2 ? chain : best),
    null,
  );
}

const worth = (chain: PlaceSpan): number =>
  chain.hits.length * 10 + (chain.vague ? 0 : 6) + Math.min(6, (chain.end - chain.start) / 3);

function piecesOf(text: string, gazetteer: Gazetteer): Piece[] {
  const pieces: Piece[] = gazetteer
    .find(text)
    .map((hit) => ({ start: hit.start, end: hit.end, kind: "known", hit }));
  for (const match of text.matchAll(NUMBERED)) {
    const end = match.index + match[0].length;
    if (!isTaken(pieces, match.index, end) && !isQuantity(text, match.index, end)) {
      pieces.push({ start: match.index, end, kind: "numbered", hit: null });
    }
  }
  let from = 0;
  for (const match of text.matchAll(NAME_END)) {
    const end = match.index + match[0].length;
    if (isTaken(pieces, match.index, end)) {
      from = Math.max(from, end);
      continue;
    }
    const last = pieces.at(-1);
    if (last?.kind === "named" && last.end === match.index && ENDS_NAMES.test(match[0])) {
      // 滨河 ended a name already: 滨河路.
      last.end = end;
      from = end;
      continue;
    }
    const start = leftEdge(text, Math.max(from, end - LONGEST_NAME), match.index, end, pieces);
    // 河 of 河滨路 and 桥 of 桥头路 begin a name.
    from = start === match.index && /^[河桥城园镇府村]$/.test(match[0]) ? start : end;
    const kind = NO_NAME.test(text.slice(start, end)) ? "kindOnly" : "named";
    if (FALLS.test(text.slice(start, end))) continue;
    if (kind === "kindOnly" && NO_PLACE_AT_ALL.test(text.slice(start, end))) continue;
    pieces.push({ start, end, kind, hit: null });
  }
  return pieces.sort((a, b) => a.start - b.start);
}

function isTaken(pieces: readonly Piece[], start: number, end: number): boolean {
  for (const piece of pieces) if (piece.start < end && start < piece.end) return true;
  return false;
}

/** Ends that make one name with an end right before them. */
const ENDS_NAMES =
  /^(?:路|街|巷|弄|大道|大桥|小区|新村|家园|公寓|大厦|工业区|菜场|市场|组|村|区|镇|站|园|桥|店|城|馆|厂|苑|府|庭|社区|街道|广场|学院|小学|中学|医院|酒店|段)$/;

const NO_PLACE_AT_ALL =
  /^(?:[路街区市城县村镇乡组园店厂河馆桥府省巷弄段]|.?路|.?市|公路|社会|政府|公司|小组|.?村)$/;
/** What somebody does, and no name: 「有人落河」. */
const FALLS = /[跳投落掉](?:进|到|下|入)?[河桥]$/;

/** 3楼 is a place, 3号 before 早上 a date, 2区 after 第 a rank. */
const isQuantity = (text: string, start: number, end: number): boolean =>
  /[月年第]$/.test(text.slice(Math.max(0, start - 1), start)) ||
  /^(?:早|晚|上午|下午|之前|以前|开始|那天)/.test(text.slice(end, end + 2));

/** Goes left from the end of a name until something talks or another piece ends. */
function leftEdge(
  text: string,
  least: number,
  endWord: number,
  end: number,
  pieces: readonly Piece[],
): number {
  let edge = least;
  for (const piece of pieces) if (piece.end <= endWord && piece.end > edge) edge = piece.end;
  const stop = /.*[\s,.;:!?。、；，：！？()（）《》]/s.exec(text.slice(edge, endWord));
  if (stop !== null) edge += stop[0].length;
  // Directly behind a district the rest is name too, whatever small words it contains: 某区 + 都荟小区.
  const follows =
    stop === null &&
    endWord - edge <= 9 &&
    pieces.some((piece) => piece.end === edge && isDistrict(text, piece));
  const words = text.slice(edge, endWord);
  // Read together with the end of the name: 建设 talks, but not in 建设路.
  const name = text.slice(edge, end);
  const talk = Math.max(
    lastEnd(name, words.length, TALK, follows || opensClause(text, edge, words) ? 2 : 1),
    follows ? lastEnd(name, words.length, TELLS_CLEARLY, 2) : 0,
  );
  const masked = /[A-Z]\d{0,2}$/.exec(words);
  if (masked !== null && /^[市区县]/.test(text.slice(endWord, end))) return edge + masked.index;
  return Math.min(edge + talk, end - 1);
}

/** A short name at the head of a clause may hold a character that talks elsewhere: 名都大厦, 和园. */
const opensClause = (text: string, edge: number, words: string): boolean =>
  words.length <= 4 &&
  (edge === 0 || /[\s,.;:!?。、；，：！？]/.test(text.charAt(edge - 1))) &&
  !/^[我你他她咱俺这那在去到从是有把被就又也还要想问请叫说给对让跟往来住找看走个没不的]/.test(
    words,
  );

/** Where the last such word of at least this length ends, within the first characters of the name. */
function lastEnd(name: string, within: number, pattern: RegExp, shortest: number): number {
  let last = 0;
  if (within === 0) return last;
  for (const match of name.matchAll(pattern)) {
    const end = match.index + match[0].length;
    if (match[0].length >= shortest && end <= within) last = end;
  }
  return last;
}

const LINK = /^(?: |的|与|和|至|到|、|\(|,尤其是| ?[—-] ?){0,2}$/;

function chainsOf(text: string, pieces: readonly Piece[]): PlaceSpan[] {
  const chains: PlaceSpan[] = [];
  let chain: Piece[] = [];
  const close = () => {
    withoutKinds(text, chain);
    const first = chain[0];
    const last = chain.at(-1);
    if (first === undefined || last === undefined) return;
    chains.push({
      start: first.start,
      end: withSpot(text, withOpenName(text, last)),
      bare: last.end,
      hits: chain.flatMap((piece) => (piece.hit === null ? [] : [piece.hit])),
      vague: chain.every((piece) => piece.kind === "kindOnly"),
    });
    chain = [];
  };
  for (const piece of pieces) {
    const last = chain.at(-1);
    if (last !== undefined && !LINK.test(text.slice(withSpot(text, last.end), piece.start)))
      close();
    chain.push(piece);
  }
  close();
  return chains
    .map((span) => trimmed(text, span))
    .filter((span) => !span.vague || span.end > span.bare);
}

/** 「某县楼盘」 is the county: a mere kind of place behind a district names nothing. */
function withoutKinds(text: string, chain: Piece[]): void {
  for (;;) {
    const last = chain.at(-1);
    const before = chain.at(-2);
    if (last?.kind !== "kindOnly" || before === undefined || !isDistrict(text, before)) return;
    if (withSpot(text, last.end) > last.end) return;
    chain.pop();
  }
}

const isDistrict = (text: string, piece: Piece): boolean =>
  /(?:省|市|(?<!小|社|校|厂|园|工业|开发|商务|住宅|生活|家属|安置|示范|景|片)区|县|镇|乡|街道)$/.test(
    text.slice(piece.start, piece.end),
  );

/** Behind a district or a town stands the name of what is there, up to the first word that tells: 某市云水华庭|开发商. */
function withOpenName(text: string, last: Piece): number {
  if (!isDistrict(text, last)) return last.end;
  const behind =
    /^[\u4e00-\u9fa5A-Za-z0-9]{2,12}/.exec(text.slice(last.end, last.end + 12))?.[0] ?? "";
  const tells = TELLS.exec(behind)?.index ?? behind.length;
  return tells >= 2 ? last.end + tells : last.end;
}

/** 的, blanks and up to two spots: 「的楼道里」, 「北门口」. */
function withSpot(text: string, end: number): number {
  let reached = end;
  for (let spots = 0; spots < 2; spots++) {
    const gap = /^(?:的| )?/.exec(text.slice(reached, reached + 1))?.[0].length ?? 0;
    const spot = SPOT.exec(text.slice(reached + gap, reached + gap + 8));
    if (spot === null) break;
    reached += gap + spot[0].length;
  }
  return reached;
}

function trimmed(text: string, span: PlaceSpan): PlaceSpan {
  const lead =
    /^(?:[ 的与至到、,.;:]|和(?![平谐睦美顺兴悦庄祥义合盛泰风丰润庭信塘尚]))+/.exec(
      text.slice(span.start, span.end),
    )?.[0].length ?? 0;
  return { ...span, start: Math.min(span.start + lead, span.end - 1) };
}
