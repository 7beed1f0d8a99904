import { isPrivateMatter, isWidespread } from "./duplicate.ts";
import type { EventStatus, Place } from "./event.ts";
import { type NamedSource, namedSources, SHORTEST_NAME, sameName } from "./named-source.ts";
import type { CollectiveLimits } from "./policy.ts";
import { compareSubjects } from "./same-subject.ts";

/** An event as far as it may be part of a collective complaint. */
export interface Complaint {
  no: string;
  status: EventStatus;
  kind: string;
  category: string;
  confidential: boolean;
  place: Place;
  streetCode: string | null;
  summary: string;
  /** of everybody who reported it */
  words: string;
  /** how many people or households it concerns, as said */
  people: number | null;
  createdAt: Date;
  /** everybody who reported or joined it */
  reporters: readonly { person: string; group: string | null; at: Date }[];
}

/** Several people or groups complain of one source (集中反映): the command room hears of it early. */
export interface Collective {
  /** events about the source, oldest first */
  nos: string[];
  /** as named; null where only the place is one */
  source: string | null;
  place: string | null;
  reporters: number;
  /** the largest number of people or households that anybody named */
  people: number | null;
  gridCodes: string[];
  groups: number;
  streetCodes: string[];
  firstAt: Date;
  lastAt: Date;
}

/**
 * Whether a new complaint makes a collective one, with others of the last days.
 *
 * @param recent - complaints not older than `limits.days`; the fresh one may be among them
 */
export function findCollective(
  fresh: Complaint,
  recent: readonly Complaint[],
  limits: CollectiveLimits,
): Collective | null {
  if (!counts(fresh)) return null;
  const others = recent.filter((one) => one.no !== fresh.no && counts(one));
  const found = summed(ofOneSource(fresh, others));
  const wide = Math.max(found.gridCodes.length, found.groups);
  return found.reporters >= limits.reporters || wide >= limits.groups ? found : null;
}

/** What a complaint of the same source has at least one of, so that not all have to be read. */
export interface Traces {
  family: string;
  /** ends of the names of its source, found in the words */
  names: string[];
  around: string | null;
  addressCode: string | null;
  /** where the trouble spreads over a grid */
  gridCode: string | null;
}

export function tracesOf(complaint: Complaint): Traces {
  const { names, around } = withSource(complaint);
  const { addressCode, gridCode } = complaint.place;
  return {
    family: familyOf(complaint.category),
    names: [...new Set(names.map(({ core }) => core.slice(-SHORTEST_NAME)))],
    around,
    addressCode,
    gridCode: isWidespread(complaint.category) ? gridCode : null,
  };
}

/** What is confidential, somebody's own, a danger that is raised anyway, or a wish, is never counted. */
const counts = (one: Complaint): boolean =>
  !one.confidential &&
  !["rejected", "withdrawn", "merged"].includes(one.status) &&
  !["emergency", "wishPublish", "suggestion"].includes(one.kind) &&
  !one.category.startsWith("emergency.") &&
  !isPrivateMatter(one.category);

/** The fresh complaint, those of its source, those of theirs. */
function ofOneSource(fresh: Complaint, others: readonly Complaint[]): Sourced[] {
  const found = [withSource(fresh)];
  let rest = others.map(withSource);
  for (const one of found) {
    const joined = rest.filter((other) => sameSource(one, other));
    rest = rest.filter((other) => !joined.includes(other));
    found.push(...joined);
  }
  return found;
}

interface Sourced {
  complaint: Complaint;
  names: NamedSource[];
  /** the place without its doors; null where none was named */
  around: string | null;
}

const withSource = (complaint: Complaint): Sourced => ({
  complaint,
  names: namedSources(`${complaint.summary},${complaint.words}`),
  around: aroundOf(complaint.place.raw),
});

/** 学院公寓3幢楼下 → 学院公寓: everybody names the source from their own door. */
function aroundOf(raw: string | null): string | null {
  const name = (raw ?? "").replace(/[\s,,。.、的]/g, "").replace(/\d.*$/, "");
  return name.length >= 2 ? name : null;
}

function sameSource(one: Sourced, other: Sourced): boolean {
  const [a, b] = [one.complaint, other.complaint];
  if (familyOf(a.category) !== familyOf(b.category)) return false;
  if (one.names.some((ours) => other.names.some((theirs) => sameName(ours, theirs)))) return true;
  if (a.category !== b.category) return false;
  // Two named sources at one place are two.
  if (one.names.length > 0 && other.names.length > 0) return false;
  return samePlace(one, other) && !compareSubjects(a, b).other;
}

function samePlace(one: Sourced, other: Sourced): boolean {
  const [a, b] = [one.complaint.place, other.complaint.place];
  if (a.addressCode !== null && a.addressCode === b.addressCode) return true;
  if (one.around !== null && one.around === other.around) return true;
  return isWidespread(one.complaint.category) && a.gridCode !== null && a.gridCode === b.gridCode;
}

/** `env.noise` and `env.air` of one named works are one complaint. */
const familyOf = (category: string): string => category.split(".")[0] ?? category;

function summed(found: readonly Sourced[]): Collective {
  const complaints = found
    .map(({ complaint }) => complaint)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.no < b.no ? -1 : 1));
  const reporters = complaints.flatMap((one) => one.reporters);
  const moments = reporters.map(({ at }) => at.getTime());
  const named = complaints.flatMap(({ people }) => (people === null ? [] : [people]));
  return {
    nos: complaints.map(({ no }) => no),
    source: sharedName(found),
    place: found.find(({ around }) => around !== null)?.around ?? null,
    reporters: new Set(reporters.map(({ person }) => person)).size,
    people: named.length === 0 ? null : Math.max(...named),
    gridCodes: distinct(complaints.map(({ place }) => place.gridCode)),
    groups: distinct(reporters.map(({ group }) => group)).length,
    streetCodes: distinct(complaints.map(({ streetCode }) => streetCode)),
    firstAt: new Date(Math.min(...moments)),
    lastAt: new Date(Math.max(...moments)),
  };
}

/** The shortest name that two of them share: what stands before a name varies. */
function sharedName(found: readonly Sourced[]): string | null {
  const names = found.flatMap((one, at) =>
    one.names.filter((name) =>
      found.some((other, index) => index !== at && other.names.some((n) => sameName(name, n))),
    ),
  );
  const [shortest] = names.sort((a, b) => a.core.length - b.core.length);
  return shortest === undefined ? null : shortest.core + shortest.kind;
}

const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];
