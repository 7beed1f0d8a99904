import type { KnownAddress, UnderstandingDirectory } from "../directory.ts";
import { finish, gently } from "../gently.ts";
import { plainName } from "../normalise.ts";
import { makePairSet, type PairSet } from "../pair-set.ts";
import { isGenericName, pointsOfKind } from "./generic-names.ts";
import { fold, foldCode } from "./sounds.ts";

/** A name of the registry found in a text. */
export interface NameHit {
  start: number;
  end: number;
  /** the name as the registry writes it; differs from the words when they had a slip */
  name: string;
  entries: readonly KnownAddress[];
  exact: boolean;
}

/** The district's names, ready to be found in any text. Built once, replaced when the registry changes. */
export interface Gazetteer {
  /** every name in the text, longest first at each place, none overlapping */
  find(text: string): NameHit[];
  /** the entries of exactly this name */
  named(name: string): readonly KnownAddress[];
  /** the one estate or village of a grid; null when it has none or several */
  homeOf(gridCode: string): KnownAddress | null;
  /** the points of a grid that a generic word (幼儿园) may mean */
  ofKind(gridCode: string, word: string): KnownAddress[];
}

/** A slip is mended only in names this long; shorter ones sound like half the language. */
const SHORTEST_MENDED = 3;

/** Reads the addresses at once, for a few thousand. */
export function buildGazetteer(directory: Pick<UnderstandingDirectory, "addresses">): Gazetteer {
  return finish(indexing(directory.addresses));
}

/** Reads the addresses in many short steps, so that whoever is talking meanwhile is still answered. */
export const buildGazetteerGently = (
  directory: Pick<UnderstandingDirectory, "addresses">,
): Promise<Gazetteer> => gently(indexing(directory.addresses));

const PAUSE_EVERY = 200;

function* indexing(addresses: readonly KnownAddress[]): Generator<void, Gazetteer> {
  const entries = new Map<string, KnownAddress[]>();
  const sounds = new Map<string, string[]>();
  const exact = noOpenings();
  const alike = noOpenings();
  const homes = new Map<string, KnownAddress | null>();
  const points = new Map<string, KnownAddress[]>();
  let read = 0;
  for (const address of addresses) {
    if (++read % PAUSE_EVERY === 0) yield;
    const { gridCode, kind } = address;
    if (kind === "estate" || kind === "village") {
      homes.set(gridCode, homes.has(gridCode) ? null : address);
    }
    if (kind === "poi") addTo(points, gridCode, address);
    for (const name of namesOf(address)) {
      const same = entries.get(name);
      if (same !== undefined) {
        same.push(address);
        continue;
      }
      entries.set(name, [address]);
      noteLength(exact, name);
      if (name.length < SHORTEST_MENDED) continue;
      const sound = fold(name);
      addTo(sounds, sound, name);
      noteLength(alike, sound);
    }
  }

  const exactAt = (text: string, at: number): NameHit | null => {
    for (const length of exact.lengths.get(text.slice(at, at + 2)) ?? []) {
      const name = text.slice(at, at + length);
      const found = name.length === length ? entries.get(name) : undefined;
      if (found !== undefined)
        return { start: at, end: at + length, name, entries: found, exact: true };
    }
    return null;
  };
  const mendedAt = (text: string, at: number, longerThan: number): NameHit | null => {
    for (const length of alike.lengths.get(fold(text.slice(at, at + 2))) ?? []) {
      if (length <= longerThan) return null;
      const said = text.slice(at, at + length);
      if (said.length < length) continue;
      for (const name of sounds.get(fold(said)) ?? []) {
        const numbered = /^ ?[A-Za-z]?\d{1,4} ?(?:幢|栋|号楼|座|单元)/.test(
          text.slice(at + length, at + length + 8),
        );
        const most = numbered ? length - 1 : length >= 5 ? 2 : 1;
        if (slips(said, name) > most) continue;
        return {
          start: at,
          end: at + length,
          name,
          entries: entries.get(name) ?? [],
          exact: false,
        };
      }
    }
    return null;
  };

  return {
    find(text) {
      const hits: NameHit[] = [];
      for (let at = 0; at < text.length - 1; at++) {
        const [first, second] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
        const straight = exact.pairs.mayHave(first, second) ? exactAt(text, at) : null;
        const slip = alike.pairs.mayHave(foldCode(first), foldCode(second))
          ? mendedAt(text, at, straight?.name.length ?? 2)
          : null;
        const hit = slip ?? straight;
        if (hit === null) continue;
        hits.push(hit);
        at = hit.end - 1;
      }
      return hits;
    },
    named: (name) => entries.get(name) ?? [],
    homeOf: (gridCode) => homes.get(gridCode) ?? null,
    ofKind: (gridCode, word) => pointsOfKind(points.get(gridCode) ?? [], word),
  };
}

const namesOf = (address: KnownAddress): string[] => {
  const names = [address.name, ...address.aliases].map(plainName);
  return names.filter(
    (name, at) => name.length >= 2 && names.indexOf(name) === at && !isGenericName(name, address),
  );
};

function addTo<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** Which lengths occur behind each pair of opening characters, longest first; `pairs` says no quickly. */
interface Openings {
  pairs: PairSet;
  lengths: Map<string, number[]>;
}

const noOpenings = (): Openings => ({ pairs: makePairSet(), lengths: new Map() });

function noteLength({ pairs, lengths }: Openings, name: string): void {
  pairs.add(name.charCodeAt(0), name.charCodeAt(1));
  const opening = name.slice(0, 2);
  const seen = lengths.get(opening);
  if (seen === undefined) lengths.set(opening, [name.length]);
  else if (!seen.includes(name.length)) {
    seen.push(name.length);
    seen.sort((a, b) => b - a);
  }
}

function slips(said: string, name: string): number {
  let count = 0;
  for (let at = 0; at < name.length; at++) if (said.charAt(at) !== name.charAt(at)) count++;
  return count;
}
