import { booleanPointInPolygon } from "@turf/boolean-point-in-polygon";
import type { Grid } from "../db/queries/directory.ts";
import type { Position } from "./domain/distance.ts";

/** The code of the grid whose boundary a position lies in; null where none is drawn there. */
export type GridFinder = (position: Position) => string | null;

type Polygon = Parameters<typeof booleanPointInPolygon>[1] & object;

/** Grids without a boundary are never found; where two overlap, the first by code is. */
export function buildGridFinder(grids: readonly Grid[]): GridFinder {
  const drawn = grids.flatMap(({ code, boundary }) =>
    boundary === null ? [] : [{ code, polygon: JSON.parse(boundary) as Polygon }],
  );
  return ({ lng, lat }) =>
    drawn.find(({ polygon }) => booleanPointInPolygon([lng, lat], polygon))?.code ?? null;
}
