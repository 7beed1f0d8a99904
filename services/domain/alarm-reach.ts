/** Where a source may tell of alarms: its grids, else its street, else the whole district. */
export interface AlarmReach {
  streetCode: string | null;
  gridCodes: readonly string[];
}

/**
 * Whether a place lies within it. What no grid is known of is not within one that names grids, and a
 * position outside of every grid is within no street.
 */
export function isWithinReach(
  { streetCode, gridCodes }: AlarmReach,
  place: { gridCode: string | null; streetCode: string | null; position?: unknown },
): boolean {
  if (streetCode !== null && place.streetCode === null && place.position) return false;
  if (gridCodes.length > 0) return place.gridCode !== null && gridCodes.includes(place.gridCode);
  return streetCode === null || place.streetCode === null || place.streetCode === streetCode;
}
