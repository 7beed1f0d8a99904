import type { KnownAddress, UnderstandingDirectory } from "../directory.ts";
import { normalise } from "../normalise.ts";
import { fold } from "./sounds.ts";

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
}

/** A slip is mended only in names this long; shorter ones sound like half the language. */
const SHORTEST_MENDED = 3;

export function buildGazetteer(directory: Pick<UnderstandingDirectory, "addresses">): Gazetteer {
  const entries = new Map<string, KnownAddress[]>();
  const sounds = new Map<string, string[]>();
  for (const address of directory.addresses) {
    for (const name of namesOf(address)) {
      const same = entries.get(name);
      if (same !== undefined) {
        same.push(address);
        continue;
      }
      entries.set(name, [address]);
      if (name.length >= SHORTEST_MENDED) {
        const sound = fold(name);
        const alike = sounds.get(sound);
        if (alike === undefined) sounds.set(sound, [name]);
        else alike.push(name);
      }
    }
  }
  const exact = lengthsByOpening(entries.keys());
  const alike = lengthsByOpening(sounds.keys());
  const homes = homesOf(directory.addresses);

  const exactAt = (text: string, at: number): NameHit | null => {
    for (const length of exact.get(text.slice(at, at + 2)) ?? []) {
      const name = text.slice(at, at + length);
      const found = name.length === length ? entries.get(name) : undefined;
      if (found !== undefined)
        return { start: at, end: at + length, name, entries: found, exact: true };
    }
    return null;
  };
  const mendedAt = (
    text: string,
    folded: string,
    at: number,
    longerThan: number,
  ): NameHit | null => {
    for (const length of alike.get(folded.slice(at, at + 2)) ?? []) {
      if (length <= longerThan) return null;
      const said = text.slice(at, at + length);
      for (const name of sounds.get(folded.slice(at, at + length)) ?? []) {
        const numbered = /^ ?[A-Za-z]?\d{1,4} ?(?:幢|栋|号楼|座|单元)/.test(
          text.slice(at + length, at + length + 8),
        );
        const most = numbered ? length - 1 : length >= 5 ? 2 : 1;
        if (said.length === length && slips(said, name) <= most) {
          return {
            start: at,
            end: at + length,
            name,
            entries: entries.get(name) ?? [],
            exact: false,
          };
        }
      }
    }
    return null;
  };

  return {
    find(text) {
      const folded = fold(text);
      const hits: NameHit[] = [];
      for (let at = 0; at < text.length - 1; at++) {
        const straight = exactAt(text, at);
        const hit = mendedAt(text, folded, at, straight?.name.length ?? 2) ?? straight;
        if (hit === null) continue;
        hits.push(hit);
        at = hit.end - 1;
      }
      return hits;
    },
    named: (name) => entries.get(name) ?? [],
    homeOf: (gridCode) => homes.get(gridCode) ?? null,
  };
}

const namesOf = (address: KnownAddress): string[] => {
  const names = [address.name, ...address.aliases].map((name) =>
    normalise(name).text.replaceAll(" ", ""),
  );
  return [...new Set(names)].filter((name) => name.length >= 2);
};

/** Which lengths occur behind each pair of opening characters, longest first. */
function lengthsByOpening(names: Iterable<string>): Map<string, number[]> {
  const lengths = new Map<string, Set<number>>();
  for (const name of names) {
    const opening = name.slice(0, 2);
    const seen = lengths.get(opening);
    if (seen === undefined) lengths.set(opening, new Set([name.length]));
    else seen.add(name.length);
  }
  return new Map([...lengths].map(([opening, seen]) => [opening, [...seen].sort((a, b) => b - a)]));
}

function homesOf(addresses: readonly KnownAddress[]): Map<string, KnownAddress | null> {
  const homes = new Map<string, KnownAddress | null>();
  for (const address of addresses) {
    if (address.kind !== "estate" && address.kind !== "village") continue;
    homes.set(address.gridCode, homes.has(address.gridCode) ? null : address);
  }
  return homes;
}

function slips(said: string, name: string): number {
  let count = 0;
  for (let at = 0; at < name.length; at++) if (said.charAt(at) !== name.charAt(at)) count++;
  return count;
}
