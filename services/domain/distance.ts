/** A position in degrees, WGS 84 or GCJ-02 as long as both ends are the same. */
export interface Position {
  lng: number;
  lat: number;
}

const EARTH_RADIUS_M = 6_371_008.8;

/** Metres between two positions along the surface (haversine), rounded. */
export function distanceM(a: Position, b: Position): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (x: number) => Math.sin(x / 2) ** 2;
  const h =
    half(rad(b.lat - a.lat)) +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * half(rad(b.lng - a.lng));
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h))));
}
