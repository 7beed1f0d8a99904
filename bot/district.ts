import type { Db } from "../db/client.ts";
import {
  addressBatches,
  allCategories,
  allGrids,
  allOrgs,
  allServiceItems,
  type Category,
  findSite,
  type Grid,
  type Org,
} from "../db/queries/directory.ts";
import { buildServiceFinder, type ServiceFinder } from "../services/domain/find-service.ts";
import type { KnownAddress, UnderstandingDirectory } from "./understanding/directory.ts";

/** The district as the bot keeps it in memory: names to say and places to recognise. */
export interface District {
  categories: ReadonlyMap<string, Category>;
  orgs: readonly Org[];
  grids: ReadonlyMap<string, Grid>;
  /** what the offices do for people, to be found by a question */
  services: ServiceFinder;
  /** when the registry was imported that this was read from */
  importedAt: Date | null;
}

export async function readDistrict(db: Db): Promise<District> {
  const [categories, orgs, grids, services, site] = [
    await allCategories(db),
    await allOrgs(db),
    await allGrids(db),
    await allServiceItems(db),
    await findSite(db),
  ];
  return {
    categories: new Map(categories.map((category) => [category.slug, category])),
    orgs,
    grids: new Map(grids.map((grid) => [grid.code, grid])),
    services: buildServiceFinder(services),
    importedAt: site?.importedAt ?? null,
  };
}

/** What the ear listens with. Reads every address, so only at start and after an import. */
export async function readEarDirectory(
  db: Db,
  district: District,
): Promise<UnderstandingDirectory> {
  const addresses: KnownAddress[] = [];
  for await (const batch of addressBatches(db)) {
    for (const address of batch) {
      if (address.gridCode !== null) addresses.push({ ...address, gridCode: address.gridCode });
    }
  }
  return {
    categories: [...district.categories.values()],
    addresses,
    grids: [...district.grids.values()],
    services: district.services,
    orgNames: district.orgs.map((org) => org.name),
  };
}

export const orgName = (district: District, code: string | null): string =>
  district.orgs.find((org) => org.code === code)?.name ?? code ?? "未定";

export const categoryName = (district: District, slug: string): string =>
  district.categories.get(slug)?.name ?? slug;

export const gridName = (district: District, code: string | null): string | null =>
  code === null ? null : (district.grids.get(code)?.name ?? null);
