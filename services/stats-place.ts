import type { Db } from "../db/client.ts";
import { allGrids, findGrid, findOrg } from "../db/queries/directory.ts";
import type { StatsPlace } from "./domain/stats-scope.ts";

/** What figures are narrowed to by the code of an organisation or a grid; null for a code nobody has. */
export async function statsPlaceOf(db: Db, code: string): Promise<StatsPlace | null> {
  const org = await findOrg(db, code);
  switch (org?.type) {
    case "district":
      return { kind: "district" };
    case "street":
      return { kind: "street", code };
    case "community": {
      const grids = await allGrids(db);
      const own = grids.filter(({ communityCode }) => communityCode === code);
      return { kind: "grids", codes: own.map((grid) => grid.code), streetCode: org.streetCode };
    }
    case "department":
    case "station":
      return { kind: "handler", code };
    default: {
      const grid = await findGrid(db, code);
      return grid === null ? null : { kind: "grids", codes: [code], streetCode: grid.streetCode };
    }
  }
}
