import { buildCategoryReader, type CategoryReader } from "./categories.ts";
import type { KnownCategory, UnderstandingDirectory } from "./directory.ts";
import { buildGazetteer, type Gazetteer } from "./places/gazetteer.ts";

/** The district, indexed for reading. Built when the registry is loaded and again when it changes. */
export interface Knowledge {
  gazetteer: Gazetteer;
  categories: CategoryReader;
  catalog: ReadonlyMap<string, KnownCategory>;
}

export function buildKnowledge(directory: UnderstandingDirectory): Knowledge {
  return {
    gazetteer: buildGazetteer(directory),
    categories: buildCategoryReader(directory.categories.map((category) => category.slug)),
    catalog: new Map(directory.categories.map((category) => [category.slug, category])),
  };
}
