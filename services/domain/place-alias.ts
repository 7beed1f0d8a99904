import type { Actor, Role } from "./actor.ts";

/** What people call a place that the registry has under another name: 「老粮站」 for 南塘家园. */
export interface PlaceAlias {
  alias: string;
  addressCode: string;
}

/** An address that an alias may stand for, with the street its grid lies in. */
export interface AliasedAddress {
  code: string;
  name: string;
  aliases: readonly string[];
  gridCode: string | null;
  streetCode: string | null;
}

/** Who knows what places of their street are called; those of the district know all. */
export const NAMES_PLACES: readonly Role[] = [
  "gridWorker",
  "gridLeader",
  "gridMentor",
  "dispatcher",
  "streetOfficer",
  "districtDispatcher",
  "admin",
];
const OF_THE_DISTRICT: readonly Role[] = ["districtDispatcher", "admin"];
const OF_GRIDS: readonly Role[] = ["gridWorker", "gridLeader", "gridMentor"];

export type AliasRefusal =
  | "noRight"
  | "noName"
  | "tooGeneral"
  | "unknownPlace"
  | "severalPlaces"
  | "named";

/** A name has two to twenty signs and no number of a building in it: that would be an address of its own. */
const NAME = /^[\u4e00-\u9fa5A-Za-z][\u4e00-\u9fa5A-Za-z0-9]{1,19}$/;

export const mayBeName = (words: string): boolean => NAME.test(words);

/**
 * Whether a name may be learnt for an address.
 *
 * @param meant - the addresses that bear the name it is to stand for
 * @param bearing - the addresses that bear the alias already
 * @param isGeneral - says nothing by itself, such as 超市 or 学校门口
 */
export function decideAlias(
  actor: Actor,
  alias: string,
  meant: readonly AliasedAddress[],
  bearing: readonly { code: string }[],
  isGeneral: boolean,
): { ok: true; address: AliasedAddress } | { ok: false; code: AliasRefusal } {
  if (!mayBeName(alias)) return { ok: false, code: "noName" };
  if (isGeneral) return { ok: false, code: "tooGeneral" };
  const [address, another] = meant;
  if (address === undefined) return { ok: false, code: "unknownPlace" };
  if (another !== undefined) return { ok: false, code: "severalPlaces" };
  if (!mayNamePlace(actor, address)) return { ok: false, code: "noRight" };
  if (bearing.some(({ code }) => code !== address.code)) return { ok: false, code: "named" };
  return { ok: true, address };
}

/** Whether somebody may say what a place of this grid is called. */
export function mayNamePlace(
  actor: Actor,
  place: Pick<AliasedAddress, "gridCode" | "streetCode">,
): boolean {
  if (actor.power !== undefined) return true;
  if (actor.roles.some((role) => OF_THE_DISTRICT.includes(role))) return true;
  if (actor.roles.some((role) => OF_GRIDS.includes(role)) && place.gridCode !== null)
    if (actor.gridCodes.includes(place.gridCode)) return true;
  return (
    actor.streetCode !== null &&
    actor.streetCode === place.streetCode &&
    actor.roles.some((role) => role === "dispatcher" || role === "streetOfficer")
  );
}
