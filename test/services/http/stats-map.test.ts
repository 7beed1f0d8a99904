import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deskPages } from "../../../services/http/routes/desk-pages.ts";
import { openWebPages } from "../../../services/http/web-pages.ts";
import { tileHosts } from "../../../services/map-tiles.ts";
import { type Api, openApi } from "../../support/api.ts";

let api: Api;
const AMAP = { maker: "amap", key: "0123456789abcdef" } as const;

beforeAll(async () => {
  api = await openApi();
  await api.event({ urgency: "urgent" });
  const { row } = await api.event();
  await api.database.rows(sql`update events set status = 'closed' where no = ${row.no}`);
  await api.database.rows(sql`update grids set boundary = null where code = 'SLQ-WC-NT-2'`);
  await api.database.rows(sql`update grids set boundary = '{"type":' where code = 'SLQ-WC-NT-3'`);
});
afterAll(() => api.close());

const grid = (body: { grids: { code: string }[] }, code: string) =>
  body.grids.find((one) => one.code === code);

describe("GET /api/stats/map", () => {
  it("draws the registry's own boundaries and asks nobody", async () => {
    const { body } = await api.get("/api/stats/map");
    expect(body.tiles).toEqual([]);
    expect(grid(body, "SLQ-WC-NT-1")).toMatchObject({ name: "南塘1网格", created: 2, open: 1 });
    const { boundary } = grid(body, "SLQ-WC-NT-1") as unknown as { boundary: number[][][][] };
    expect(boundary[0]?.[0]?.[0]).toEqual([120.5, 28.51]);
    expect(body.events).toMatchObject([{ lng: 120.5006, lat: 28.5105, urgent: true }]);
  });

  it("gives the point of a grid that has no boundary, or one that cannot be read", async () => {
    const { body } = await api.get("/api/stats/map");
    for (const code of ["SLQ-WC-NT-2", "SLQ-WC-NT-3"]) {
      expect(grid(body, code)).toMatchObject({ boundary: null, center: { lng: 120.503 } });
    }
  });

  it("shows a street its own grids and events, and a grid worker theirs", async () => {
    const liuan = (await api.get("/api/stats/map", "liuan-officer-1")).body;
    expect(liuan.events).toEqual([]);
    expect(new Set(liuan.grids.map((one: { streetCode: string }) => one.streetCode))).toEqual(
      new Set(["SLQ-LA"]),
    );
    const worker = (await api.get("/api/stats/map", "nantang1-worker")).body;
    expect(worker.grids.map((one: { code: string }) => one.code)).toEqual(["SLQ-WC-NT-1"]);
  });

  it("moves everything to where the tiles have it", async () => {
    const onAmap = await openApi(
      { config: { ...api.deps.config, mapTiles: AMAP }, registerMore: withPages },
      api.database,
    );
    const { body } = await onAmap.get("/api/stats/map");
    expect(body.tiles[0].url).toContain(`https://webrd01.is.autonavi.com/appmaptile`);
    const [event] = body.events;
    // GCJ-02 lies some hundred metres off WGS 84.
    expect(Math.abs(event.lng - 120.5006)).toBeGreaterThan(0.001);
    expect(Math.abs(event.lng - 120.5006)).toBeLessThan(0.02);
    const page = await onAmap.get("/desk/cockpit", null);
    expect(page.headers["content-security-policy"]).toContain(
      "img-src 'self' data: blob: https://webrd01.is.autonavi.com;",
    );
    await onAmap.close();
  });
});

const withPages = async (app: Api["app"]) =>
  deskPages(app, await openWebPages(app, tileHosts(AMAP)));

describe("without tiles", () => {
  it("pages may fetch pictures from nowhere else", () => {
    expect(tileHosts(null)).toEqual([]);
    expect(tileHosts({ maker: "tianditu", key: "k" })).toEqual(["https://t0.tianditu.gov.cn"]);
  });
});
