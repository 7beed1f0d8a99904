import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "../client.ts";
import { type GRID_KINDS, grids, orgs } from "../schema/index.ts";
import { streetCodeOf } from "./orgs.ts";

export interface Grid {
  code: string;
  name: string;
  class: 1 | 2;
  kind: (typeof GRID_KINDS)[number];
  communityCode: string;
  communityName: string;
  streetCode: string | null;
  streetName: string | null;
  /** the middle, degrees */
  lng: number | null;
  lat: number | null;
  /** GeoJSON polygon as imported */
  boundary: string | null;
}

/** A grid with its community and street; null where the code is unknown. */
export async function findGrid(db: Db, code: string): Promise<Grid | null> {
  const [grid] = await readGrids(db, eq(grids.code, code));
  return grid ?? null;
}

/** What these grids are called, in their order; a code that is unknown stands for itself. */
export async function gridNames(db: Db, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return [];
  const known = await readGrids(db, inArray(grids.code, [...codes]));
  const names = new Map(known.map(({ code, name }) => [code, name]));
  return codes.map((code) => names.get(code) ?? code);
}

/** Every grid of the site, by code. */
export const allGrids = (db: Db): Promise<Grid[]> => readGrids(db, undefined);

async function readGrids(db: Db, condition: SQL | undefined): Promise<Grid[]> {
  const streets = alias(orgs, "streets");
  const rows = await db.orm
    .select({
      code: grids.code,
      name: grids.name,
      class: grids.class,
      kind: grids.kind,
      communityCode: grids.communityCode,
      communityName: orgs.name,
      streetCode: streets.code,
      streetName: streets.name,
      lng: grids.lng,
      lat: grids.lat,
      boundary: grids.boundary,
    })
    .from(grids)
    .innerJoin(orgs, and(eq(orgs.site, grids.site), eq(orgs.code, grids.communityCode)))
    .leftJoin(
      streets,
      and(eq(streets.site, grids.site), eq(streets.code, streetCodeOf(db, grids.communityCode))),
    )
    .where(and(eq(grids.site, db.site), eq(grids.active, true), condition))
    .orderBy(asc(grids.code));
  return rows.map((row) => ({ ...row, lng: degrees(row.lng), lat: degrees(row.lat) }));
}

const degrees = (text: string | null): number | null => (text === null ? null : Number(text));
