import { z } from "zod";

const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)], z.number());
const Ring = z
  .array(Position)
  .min(4)
  .refine((ring) => {
    const [first, last] = [ring[0], ring.at(-1)];
    return first?.[0] === last?.[0] && first?.[1] === last?.[1];
  });
const Polygon = z.object({ type: z.literal("Polygon"), coordinates: z.array(Ring).min(1) });

/** What keeps a text from being a GeoJSON polygon (RFC 7946, 3.1.6), or null. */
export function polygonComplaint(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "is no GeoJSON: it cannot be read as JSON. Correct it, or leave it empty.";
  }
  return Polygon.safeParse(value).success
    ? null
    : 'is no GeoJSON polygon. It must read {"type":"Polygon","coordinates":[[[lng,lat],…]]} with rings of at least four positions that end where they begin. Correct it, or leave it empty.';
}
