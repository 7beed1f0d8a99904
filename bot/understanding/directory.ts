import type { ServiceFinder } from "../../services/domain/find-service.ts";
import type { EventLevel, Urgency } from "../../services/domain/level.ts";
import type { Platform } from "../../services/domain/platform.ts";
import type { LearnedCategories } from "./learned/learned-categories.ts";

/** What the ear knows of the district. Handed in, so that it never asks the database. */
export interface UnderstandingDirectory {
  categories: readonly KnownCategory[];
  addresses: readonly KnownAddress[];
  grids: readonly KnownGrid[];
  /** names and usual abbreviations of organisations */
  orgNames: readonly string[];
  /** the classifier that is switched on; absent or null: the lexicon alone */
  learned?: LearnedCategories | null;
  /** what the offices do for people; absent: nothing is known of it */
  services?: ServiceFinder;
}

export interface KnownCategory {
  slug: string;
  name: string;
  platform: Platform | null;
  level: EventLevel;
  urgency: Urgency;
}

export interface KnownAddress {
  code: string;
  name: string;
  aliases: readonly string[];
  kind: "estate" | "village" | "road" | "poi" | "building";
  gridCode: string;
  lng: number | null;
  lat: number | null;
}

export interface KnownGrid {
  code: string;
  name: string;
  communityName: string | null;
  streetName: string | null;
}
