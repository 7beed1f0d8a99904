import { buildServiceFinder, type ServiceFinder } from "../../services/domain/find-service.ts";
import { buildCategoryReader, type CategoryReader } from "./categories.ts";
import type { KnownCategory, UnderstandingDirectory } from "./directory.ts";
import type { LearnedCategories } from "./learned/learned-categories.ts";
import { buildGazetteer, buildGazetteerGently, type Gazetteer } from "./places/gazetteer.ts";

/** The district, indexed for reading. Built when the registry is loaded and again when it changes. */
export interface Knowledge {
  gazetteer: Gazetteer;
  categories: CategoryReader;
  learned: LearnedCategories | null;
  catalog: ReadonlyMap<string, KnownCategory>;
  services: ServiceFinder;
}

/** All at once, for a small district. */
export const buildKnowledge = (directory: UnderstandingDirectory): Knowledge =>
  withGazetteer(directory, buildGazetteer(directory));

/** In many short steps: a district of 300,000 addresses takes a second or two. */
export const buildKnowledgeGently = async (directory: UnderstandingDirectory): Promise<Knowledge> =>
  withGazetteer(directory, await buildGazetteerGently(directory));

const withGazetteer = (directory: UnderstandingDirectory, gazetteer: Gazetteer): Knowledge => ({
  gazetteer,
  services: directory.services ?? buildServiceFinder([]),
  categories: buildCategoryReader(directory.categories.map((category) => category.slug)),
  learned: directory.learned ?? null,
  catalog: new Map(directory.categories.map((category) => [category.slug, category])),
});
