import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { allGrids } from "../../../db/queries/directory.ts";
import { countEvents } from "../../../db/queries/stats/event-counts.ts";
import { openPlaces } from "../../../db/queries/stats/open-places.ts";
import { toDatum } from "../../browser-position.ts";
import type { Position } from "../../domain/distance.ts";
import type { StatsScope } from "../../domain/stats-scope.ts";
import { datumOnMap, tileLayers } from "../../map-tiles.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { problems, sendProblem } from "../problem.ts";
import { statsQuery, statsScopeFor } from "../stats-scope.ts";

/** More dots than anybody can tell apart, and quickly drawn all the same. */
const MOST_PLACES = 5000;

const Ring = z.array(z.tuple([z.number(), z.number()]));
const MapResource = z.object({
  tiles: z
    .array(z.object({ url: z.string(), attribution: z.string() }))
    .describe("from bottom to top; empty: none, and nobody is asked"),
  grids: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      communityName: z.string(),
      streetCode: z.string().nullable(),
      center: z.object({ lng: z.number(), lat: z.number() }).nullable(),
      boundary: z
        .array(z.array(Ring))
        .nullable()
        .describe("polygons, each of an outer ring and its holes, as GeoJSON's MultiPolygon"),
      created: z.number().int(),
      open: z.number().int(),
    }),
  ),
  events: z
    .array(z.object({ no: z.string(), lng: z.number(), lat: z.number(), urgent: z.boolean() }))
    .describe(`open events with a place, the newest ${MOST_PLACES}`),
});
type Boundary = z.infer<typeof MapResource>["grids"][number]["boundary"];

/** The grids as the registry draws them, how much is open in each, and where. */
export function statsMapRoute(plain: FastifyInstance, { database, clock, config }: AppDeps): void {
  const { reading } = database;
  plain.withTypeProvider<ZodTypeProvider>().get(
    "/api/stats/map",
    {
      schema: {
        tags: ["stats"],
        summary: "Grids with their boundaries, received and open events, for a map",
        description: "Coordinates are those of the tiles, where there are tiles.",
        querystring: z.object(statsQuery),
        response: { 200: MapResource, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { from = null, to = null, org } = request.query;
      const allowed = await statsScopeFor(reading, callerOf(request).actor, org);
      if ("problem" in allowed) return sendProblem(request, reply, allowed.problem);
      const { scope } = allowed;
      const tiles = config.mapTiles ?? null;
      const datum = { from: config.registryDatum, to: datumOnMap(tiles, config.registryDatum) };
      const place = (position: Position) => toDatum(position, datum.from, datum.to);
      const { grid: counts } = await countEvents(reading, scope, { from, to }, clock.now(), [
        "grid",
      ]);
      const grids = (await allGrids(reading)).filter((grid) => isWithin(scope, grid));
      const events = await openPlaces(reading, scope, { from, to }, clock.now(), MOST_PLACES);
      return reply.send({
        tiles: tileLayers(tiles),
        grids: grids.map(({ code, name, communityName, streetCode, lng, lat, boundary }) => ({
          code,
          name,
          communityName,
          streetCode,
          center: lng === null || lat === null ? null : place({ lng, lat }),
          boundary: boundaryOf(boundary, place),
          created: counts.get(code)?.created ?? 0,
          open: counts.get(code)?.open ?? 0,
        })),
        events: events.map(({ lng, lat, ...event }) => ({ ...event, ...place({ lng, lat }) })),
      });
    },
  );
}

const isWithin = (
  { street, grids }: StatsScope,
  grid: { code: string; streetCode: string | null },
): boolean =>
  (street === null || grid.streetCode === street) && (grids === null || grids.includes(grid.code));

/** Checked when it was imported; what cannot be read all the same is left out, and the point remains. */
function boundaryOf(text: string | null, place: (at: Position) => Position): Boundary {
  const parsed = GeoJson.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const polygons =
    parsed.data.type === "Polygon" ? [parsed.data.coordinates] : parsed.data.coordinates;
  return polygons.map((rings) =>
    rings.map((ring) =>
      ring.map(([lng, lat]): [number, number] => {
        const at = place({ lng, lat });
        return [at.lng, at.lat];
      }),
    ),
  );
}

const Points = z.array(z.tuple([z.number(), z.number()]).rest(z.number()));
const GeoJson = z.union([
  z.object({ type: z.literal("Polygon"), coordinates: z.array(Points) }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(Points)) }),
]);

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
