import { createRequire } from "node:module";
import type gcoordTypes from "gcoord";
import type { Position } from "./domain/distance.ts";

// Its types are those of a module, its code is CommonJS: an import would find neither under the other's name.
const gcoord: typeof gcoordTypes.default = createRequire(import.meta.url)("gcoord");

/**
 * Coordinates in use in China: `wgs84` of satellites, browsers and Tianditu (CGCS2000 differs by less than
 * a metre), `gcj02` of AMap and Tencent, which lies some 500 m beside it.
 */
export const DATUMS = ["wgs84", "gcj02"] as const;
export type Datum = (typeof DATUMS)[number];

/** A position that WeChat sent, which is GCJ-02, in the registry's coordinates. */
export function fromGcj02({ lng, lat }: Position, registry: Datum): Position {
  if (registry === "gcj02") return { lng, lat };
  const [x, y] = gcoord.transform([lng, lat], gcoord.GCJ02, gcoord.WGS84);
  return { lng: x, lat: y };
}

/** A browser's position, which is WGS 84 by its standard (W3C Geolocation), in the registry's coordinates. */
export function fromBrowser({ lng, lat }: Position, registry: Datum): Position {
  if (registry === "wgs84") return { lng, lat };
  const [x, y] = gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02);
  return { lng: x, lat: y };
}

/** A place of one datum in the coordinates of another. */
export function toDatum(position: Position, from: Datum, to: Datum): Position {
  if (from === to) return position;
  const systems = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02 } as const;
  const [lng, lat] = gcoord.transform([position.lng, position.lat], systems[from], systems[to]);
  return { lng, lat };
}
