import type { MissingElement } from "../../../services/domain/event.ts";

/** Troubles that stand somewhere: without a place nobody can go there. */
const STANDS_SOMEWHERE =
  /^(?:env|street|build|green|facility|ad|safety|animal|people|market\.(?:foodSafety|unlicensed|farmMarket)|traffic\.facility|service\.utility|dispute\.(?:neighbor|property)|security\.clue|other)/;
/** Troubles of a whole neighbourhood: the group's grid says enough. */
const GRID_IS_ENOUGH = /^(?:service\.utility|env\.(?:air|river)|dispute\.property|other)/;

export interface Known {
  category: string;
  consult: boolean;
  /** the place was found in the registry, or has a name or a number of its own */
  placed: boolean;
  /** only 「幼儿园门口」 or 「楼上」 was said */
  vague: boolean;
  gridKnown: boolean;
  /** nothing but a place was said */
  situationTold: boolean;
}

/** What has to be asked before the command room can send somebody, the most needed first. */
export function missingElements(known: Known): MissingElement[] {
  if (known.consult || known.category.startsWith("emergency.")) return [];
  const missing: MissingElement[] = [];
  if (STANDS_SOMEWHERE.test(known.category) && !known.placed) {
    if (!(known.gridKnown && GRID_IS_ENOUGH.test(known.category))) missing.push("place");
  }
  if (!known.situationTold) missing.push("situation");
  return missing;
}
