import { distanceM, type Position } from "../../../services/domain/distance.ts";
import type { Call } from "../api.ts";

export interface Dot {
  name: string;
  /** metres east and north of the reporting place */
  east: number;
  north: number;
  distanceM: number;
  confirmed: boolean;
  late: boolean;
}

/** Where departments checked in, seen from the reporting place; null where its position is unknown. */
export function arrivalSketch(call: Call): { dots: Dot[]; radiusM: number } | null {
  const centre = positionOf(call.reportPlace) ?? positionOf(call.place);
  if (centre === null) return null;
  const dots = call.responses.flatMap((response): Dot[] => {
    const told = response.checkIn ?? response.claim;
    const there = told === null ? null : positionOf(told);
    if (told === null || there === null) return [];
    return [
      {
        name: response.deptName ?? response.deptCode,
        east: side(distanceM(centre, { lng: there.lng, lat: centre.lat }), there.lng - centre.lng),
        north: side(distanceM(centre, { lng: centre.lng, lat: there.lat }), there.lat - centre.lat),
        distanceM: distanceM(centre, there),
        confirmed: response.checkIn !== null,
        late: told.late,
      },
    ];
  });
  if (dots.length === 0) return null;
  return { dots, radiusM: ringFor(Math.max(...dots.map((dot) => dot.distanceM))) };
}

const RINGS_M = [100, 300, 1000, 3000, 10_000, 30_000];

/** The smallest round distance that takes everybody in. */
export const ringFor = (metres: number): number =>
  RINGS_M.find((ring) => ring >= metres) ?? Math.ceil(metres / 10_000) * 10_000;

const side = (metres: number, sign: number): number => (sign < 0 ? -metres : metres);

const positionOf = ({ lng, lat }: { lng: number | null; lat: number | null }): Position | null =>
  lng === null || lat === null ? null : { lng, lat };
