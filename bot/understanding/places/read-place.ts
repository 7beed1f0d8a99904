import type { PlaceReading } from "../../../services/domain/understanding.ts";
import type { KnownAddress } from "../directory.ts";
import { type Normalised, originalWords } from "../normalise.ts";
import { completeName } from "./complete-name.ts";
import type { Gazetteer, NameHit } from "./gazetteer.ts";
import { findPlace, type PlaceSpan } from "./place-span.ts";

/** A place as read, and what the questions to the reporter need to know of it. */
export interface FoundPlace extends PlaceReading {
  /** where it stands in the normalised text */
  start: number;
  end: number;
  /** no name and no number: 「幼儿园门口」, 「楼上」 */
  vague: boolean;
  /** the estate or village (else the point) of which later parts of the message may be parts */
  within: KnownAddress | null;
}

export interface PlaceContext {
  gazetteer: Gazetteer;
  /** the grid of the group, or null */
  gridCode: string | null;
  /** the estate named earlier in the same message */
  within: KnownAddress | null;
}

export const NO_PLACE: PlaceReading = {
  raw: "",
  standard: "",
  addressCode: null,
  gridCode: null,
  lng: null,
  lat: null,
  ambiguous: [],
};

/** Finds the place in `[start, end)` of the message and looks it up in the registry. */
export function readPlace(
  message: Normalised,
  start: number,
  end: number,
  context: PlaceContext,
): FoundPlace | null {
  const text = message.text.slice(start, end);
  const span = findPlace(text, context.gazetteer);
  if (span === null) return null;
  const raw = originalWords(message, start + span.start, start + span.end).trim();
  if (raw === "") return null;
  const resolved = resolve(text, span, context);
  return { ...resolved, raw, start: start + span.start, end: start + span.end, vague: span.vague };
}

function resolve(
  text: string,
  span: PlaceSpan,
  context: PlaceContext,
): Omit<FoundPlace, "raw" | "start" | "end" | "vague"> {
  const hit = mainHit(span.hits);
  if (hit === null) {
    const kind = span.vague ? text.slice(span.start, span.bare) : null;
    return withinKnown(mended(text, span, null), kind, context);
  }
  const candidates = narrowed(hit, span.hits, context.gridCode);
  const [only] = candidates;
  const known = only !== undefined && sameName(candidates) ? only : null;
  const standard = mended(text, span, known === null ? null : { hit, entry: known });
  if (only === undefined) return { ...NO_PLACE, standard, within: null };
  const grids = new Set(candidates.map((candidate) => candidate.gridCode));
  if (grids.size > 1) {
    return { ...NO_PLACE, standard, ambiguous: asked(candidates), within: null };
  }
  const home = estateOf(only, context.gazetteer);
  const exact = buildingOf(home ?? only, standard, context.gazetteer) ?? only;
  return { ...located(exact), standard, ambiguous: [], within: home ?? only };
}

const asked = (candidates: readonly KnownAddress[]): PlaceReading["ambiguous"] =>
  candidates.slice(0, 8).map(({ code, name, gridCode }) => ({ addressCode: code, name, gridCode }));

/** The estate that an entry is or is part of, by its name: 柳岸新村 of 柳岸新村大门. */
function estateOf(entry: KnownAddress, gazetteer: Gazetteer): KnownAddress | null {
  if (entry.kind === "estate" || entry.kind === "village") return entry;
  const home = gazetteer.homeOf(entry.gridCode);
  return home !== null && entry.name.startsWith(home.name) ? home : null;
}

/**
 * 「5幢楼道」 belongs to the estate named before, or to the only one of the group's grid.
 *
 * @param kind - the words where they are only a kind of place: 「幼儿园」
 */
function withinKnown(said: string, kind: string | null, context: PlaceContext) {
  const { gazetteer, gridCode } = context;
  const points = kind === null || gridCode === null ? [] : gazetteer.ofKind(gridCode, kind);
  const [point] = points;
  if (point !== undefined && points.length === 1 && kind !== null) {
    const standard = said.replace(kind, completeName(kind, point));
    return { ...located(point), standard, ambiguous: [], within: estateOf(point, gazetteer) };
  }
  const home = context.within ?? (gridCode === null ? null : gazetteer.homeOf(gridCode));
  const standsAlone =
    !/^(?:\d|[A-Z]\d?[幢栋座]|[东西南北]{1,2}(?:门|区|侧)|(?:我们?)?小区|楼|[一-龥]{0,2}单元)/.test(
      said,
    );
  if (home === null || standsAlone) {
    const ambiguous = points.length > 1 ? asked(points) : [];
    return { ...NO_PLACE, standard: said, gridCode, ambiguous, within: context.within };
  }
  const standard = home.name + said.replace(/^(?:我们?)?小区的?/, "");
  const exact = buildingOf(home, standard, gazetteer) ?? home;
  return { ...located(exact), standard, ambiguous: [], within: home };
}

const located = (address: KnownAddress) => ({
  addressCode: address.code,
  gridCode: address.gridCode,
  lng: address.lng,
  lat: address.lat,
});

/** The words of the span, every slip mended and the main name in full: what people said, as they meant it. */
function mended(
  text: string,
  span: PlaceSpan,
  main: { hit: NameHit; entry: KnownAddress } | null,
): string {
  let said = "";
  let done = span.start;
  for (const hit of span.hits) {
    const between = text.slice(done, hit.start);
    const full = hit === main?.hit ? completeName(hit.name, main.entry) : hit.name;
    // 学院西路 + 学院西路中国银行 is said once.
    const twice = full !== hit.name && between === "" && said !== "" && full.startsWith(said);
    said = twice ? full : said + between + full;
    done = hit.end;
  }
  return (said + text.slice(done, span.end)).replaceAll(" ", "");
}

/** A point or an estate says more than the road it lies on. */
function mainHit(hits: readonly NameHit[]): NameHit | null {
  const rank = (hit: NameHit) => Math.max(...hit.entries.map((entry) => KIND_RANK[entry.kind]));
  return hits.reduce<NameHit | null>(
    (best, hit) => (best === null || rank(hit) > rank(best) ? hit : best),
    null,
  );
}

const KIND_RANK: Record<KnownAddress["kind"], number> = {
  building: 4,
  poi: 3,
  estate: 2,
  village: 2,
  road: 1,
};

/** Of several entries of one name: those on the road that was named too, then those of the group's grid. */
function narrowed(
  hit: NameHit,
  hits: readonly NameHit[],
  gridCode: string | null,
): readonly KnownAddress[] {
  let left = hit.entries;
  for (const other of hits) {
    if (other === hit) continue;
    const near = left.filter(
      (entry) =>
        entry.name.includes(other.name) ||
        other.entries.some((road) => road.gridCode === entry.gridCode),
    );
    if (near.length > 0) left = near;
  }
  const here = left.filter((entry) => entry.gridCode === gridCode);
  return here.length > 0 ? here : left;
}

const sameName = (entries: readonly KnownAddress[]): boolean =>
  new Set(entries.map((entry) => entry.name)).size === 1;

function buildingOf(
  home: KnownAddress,
  standard: string,
  gazetteer: Gazetteer,
): KnownAddress | null {
  const match = /([A-Za-z]?\d{1,4}) ?(?:号楼|幢|栋|座)/.exec(
    standard.slice(standard.indexOf(home.name) + home.name.length),
  );
  if (match?.[1] === undefined) return null;
  for (const word of ["幢", "栋", "号楼", "座"]) {
    const found = gazetteer
      .named(`${home.name}${match[1]}${word}`)
      .find((entry) => entry.gridCode === home.gridCode);
    if (found !== undefined) return found;
  }
  return null;
}
