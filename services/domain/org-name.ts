import { type LineOfWork, linesIn, withRelatedLines } from "./lines-of-work.ts";

/** An organisation as far as its name matters. */
export interface NamedOrg {
  code: string;
  name: string;
  /** a type of `orgs.csv` */
  type: string;
  parentCode: string | null;
  /** the street it is or belongs to; null for the district and its departments */
  streetCode: string | null;
}

export type OrgNameResolution<Org extends NamedOrg> =
  | { kind: "found"; org: Org }
  /** several fit equally well: ask which */
  | { kind: "ambiguous"; orgs: Org[] }
  | { kind: "unknown"; suggestions: Org[] };

const MOST_SUGGESTIONS = 5;

/**
 * Which organisation a name said in chat means (contract section 3): the full name wherever it is;
 * else first in the speaker's own street, then among the district's departments, then in the other
 * streets. In each of them a full name without its place counts more than a usual abbreviation, and
 * that more than a part of a name. A street or the district named with it (「柳岸派出所」, 「区市监局」)
 * is looked at alone.
 *
 * @param said - 「综合执法」, 「环卫所」, 「望潮街道市场监管所」
 * @param orgs - the candidates with the streets and the district among them; narrow the list where only
 *   some can be meant, such as departments in a call
 * @param speakerStreet - null for people of the district
 */
export function resolveOrgName<Org extends NamedOrg>(
  said: string,
  orgs: readonly Org[],
  speakerStreet: string | null,
): OrgNameResolution<Org> {
  const words = normalise(said);
  const exact = orgs.filter((org) => normalise(org.name) === words);
  if (exact.length > 0) return decided(exact);

  const places = placesOf(orgs);
  const { wanted, place } = withoutPlace(words, places, speakerStreet);
  for (const nearby of rings(orgs, place, speakerStreet)) {
    for (const fits of STRENGTHS) {
      const fitting = nearby.filter((org) => fits(wanted, ownName(org, places), org));
      if (fitting.length > 0) return decided(fitting);
    }
  }
  return { kind: "unknown", suggestions: suggestions(words, orgs, speakerStreet) };
}

function decided<Org extends NamedOrg>(fitting: Org[]): OrgNameResolution<Org> {
  const [only, ...others] = fitting;
  return only !== undefined && others.length === 0
    ? { kind: "found", org: only }
    : { kind: "ambiguous", orgs: fitting };
}

/** Where to look, one after the other. */
function rings<Org extends NamedOrg>(
  orgs: readonly Org[],
  place: Place | null,
  speakerStreet: string | null,
): Org[][] {
  if (place !== null) return [orgs.filter((org) => org.streetCode === place.streetCode)];
  const own = (org: Org) => speakerStreet !== null && org.streetCode === speakerStreet;
  return [
    orgs.filter(own),
    orgs.filter((org) => org.streetCode === null),
    orgs.filter((org) => org.streetCode !== null && !own(org)),
  ];
}

/** Whether `org`, called `name` within its place, can be meant by `wanted`; the strongest reason first. */
const STRENGTHS: readonly ((wanted: string, name: string, org: NamedOrg) => boolean)[] = [
  (wanted, name) => name === wanted,
  (wanted, name, org) => PLACE_TYPES.has(org.type) && name === withoutPlaceEnding(wanted),
  (wanted, _, org) => TYPE_WORDS[org.type]?.includes(wanted) ?? false,
  (wanted, name) => sameWork(wanted, name, (asked, own) => own.length === asked.length),
  (wanted, name) => sameWork(wanted, name, () => true),
  (wanted, name, org) => wanted.length >= 2 && (name.includes(wanted) || org.name.includes(wanted)),
  (wanted, name) => wanted.length >= 2 && isShortening(wanted, name),
];

/** What people call the organisation that runs a place, without naming the place. */
const TYPE_WORDS: Record<string, readonly string[]> = {
  district: ["区里", "区平台", "区指挥中心", "指挥中心", "区政府"],
  street: ["街道", "街道办", "街道办事处", "本街道", "指挥室", "街道指挥室", "镇里", "乡里"],
  community: ["社区", "居委会", "社区居委会", "村里", "村委会", "物业"],
};

function sameWork(
  wanted: string,
  name: string,
  enough: (asked: readonly LineOfWork[], own: readonly LineOfWork[]) => boolean,
): boolean {
  const asked = linesIn(wanted);
  if (asked.lines.length === 0) return false;
  const unit = asked.rest.replace(/^(?:管理|监督)/, "").replace(/(?:部门|那边|的人)$/, "");
  if (unit !== "" && unitOf(unit) !== unit) return false;
  const own = linesIn(name);
  return (
    asked.lines.every((line) => own.lines.includes(line)) &&
    enough(asked.lines, own.lines) &&
    sameUnit(unit, unitOf(name))
  );
}

const UNIT =
  /(?:分局|局|委员会|管委会|委|总队|支队|大队|中队|队|分所|所|总站|站|办公室|办|服务中心|中心|科|处|公司)$/;
const unitOf = (name: string): string => UNIT.exec(name)?.[0] ?? "";

/** 「队」 may mean a 中队, 「分局」 a 局; no unit at all may mean any. */
const sameUnit = (asked: string, own: string): boolean =>
  asked === "" || own.endsWith(asked) || (own !== "" && asked.endsWith(own));

/** 自规局 of 自然资源和规划局: the same characters in the same order, from the first on. */
function isShortening(wanted: string, name: string): boolean {
  if (wanted.length >= name.length || wanted[0] !== name[0]) return false;
  if (!sameUnit(unitOf(wanted), unitOf(name))) return false;
  let at = 0;
  for (const character of name) if (character === wanted[at]) at++;
  return at === wanted.length;
}

interface Place {
  /** the names of it that other names begin with, the longest first */
  names: string[];
  /** null for the district */
  streetCode: string | null;
}

function placesOf(orgs: readonly NamedOrg[]): Place[] {
  return orgs
    .filter((org) => org.type === "district" || org.type === "street")
    .map((org) => {
      const name = normalise(org.name).replace(/办事处$/, "");
      const short = name.replace(/(?:街道|镇|乡|区|县|市|旗)$/, "");
      return {
        names: short.length >= 2 ? [name, short] : [name],
        streetCode: org.type === "street" ? org.code : null,
      };
    });
}

/** Takes the place off what was said: 「柳岸派出所」 is 「派出所」 in 柳岸街道. */
function withoutPlace(
  words: string,
  places: readonly Place[],
  speakerStreet: string | null,
): { wanted: string; place: Place | null } {
  for (const place of places) {
    const name = place.names.find((name) => words.startsWith(name));
    if (name === undefined) continue;
    const rest = words.slice(name.length);
    const further = place.streetCode === null ? withoutPlace(rest, streetsIn(places), null) : null;
    if (further !== null && further.place !== null) return further;
    if (rest.length >= 2) return { wanted: rest, place };
  }
  const level = /^(?:我们|本)?(区|县|街道)(?=.{2})/.exec(words);
  const rest = words.slice(level?.[0].length ?? 0);
  if (level === null || linesIn(rest).lines.length === 0) return { wanted: words, place: null };
  if (level[1] !== "街道") return { wanted: rest, place: { names: [], streetCode: null } };
  return {
    wanted: rest,
    place: speakerStreet === null ? null : { names: [], streetCode: speakerStreet },
  };
}

const streetsIn = (places: readonly Place[]) => places.filter((place) => place.streetCode !== null);

const withoutPlaceEnding = (name: string) =>
  name.replace(/(?:街道办事处|街道办|街道|镇|乡|社区居委会|社区|居委会|村委会|村)$/, "");

const PLACE_TYPES: ReadonlySet<string> = new Set(["street", "community"]);

/** The name an organisation has within its place: 综合执法中队 for 望潮街道综合执法中队. */
function ownName(org: NamedOrg, places: readonly Place[]): string {
  let name = normalise(org.name);
  const isPlace = PLACE_TYPES.has(org.type);
  for (const around of isPlace ? [null] : [null, org.streetCode]) {
    const place = places.find((place) => place.streetCode === around);
    const prefix = place?.names.find((prefix) => name.startsWith(prefix) && name !== prefix);
    if (prefix !== undefined && name.length > prefix.length + 1) name = name.slice(prefix.length);
  }
  return PLACE_TYPES.has(org.type)
    ? name.replace(/(?:街道|镇|乡|社区|村|居委会|村委会)$/, "")
    : name;
}

/** What comes near: the same or a related line of work, or two characters in a row of the name. */
function suggestions<Org extends NamedOrg>(
  words: string,
  orgs: readonly Org[],
  speakerStreet: string | null,
): Org[] {
  const asked = withRelatedLines(linesIn(words).lines);
  const pairs = [...words].slice(1).map((_, at) => words.slice(at, at + 2));
  return orgs
    .map((org) => {
      const sameLine = linesIn(org.name).lines.some((line) => asked.includes(line));
      const shared = pairs.filter((pair) => org.name.includes(pair)).length;
      const near = org.streetCode === speakerStreet || org.streetCode === null ? 0.5 : 0;
      return { org, likeness: sameLine || shared > 0 ? (sameLine ? 2 : 0) + shared + near : 0 };
    })
    .filter(({ likeness }) => likeness > 0)
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ org }) => org);
}

const normalise = (text: string): string =>
  text.normalize("NFKC").replace(/[\s「」『』“”"'、,。.·-]/g, "");
