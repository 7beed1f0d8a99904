/**
 * The district as its registry describes it: reads only, active rows only. Who is who, who stands
 * where, which place lies in which grid, who is called for what.
 */
export * from "./absences.ts";
export * from "./addresses.ts";
export * from "./catalog.ts";
export * from "./grids.ts";
export * from "./groups.ts";
export * from "./orgs.ts";
export * from "./people.ts";
