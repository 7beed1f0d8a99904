import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADMIN_REQUESTS, ADMIN_REQUESTS_ABOUT_NOTHING } from "../../support/admin-requests.ts";
import { type Api, openApi } from "../../support/api.ts";
import { PEOPLE } from "../../support/roles.ts";

const ROUTES = [...ADMIN_REQUESTS, ...ADMIN_REQUESTS_ABOUT_NOTHING];

let api: Api;
beforeAll(async () => {
  api = await openApi({
    ear: () => ({
      rehearse: () => ({
        kind: "report",
        reports: true,
        emergency: null,
        confidence: 1,
        items: [],
      }),
      promptVersion: "parse-report@1",
      readsClassifier: () => true,
    }),
  });
});
afterAll(() => api.close());

const ask = async (
  who: string | null,
  [method, url, payload]: (typeof ROUTES)[number],
): Promise<number> =>
  (
    await api.app.inject({
      method,
      url,
      headers: who === null ? {} : { authorization: `Bearer ${await api.tokenOf(who)}` },
      ...(payload === undefined ? {} : { payload }),
    })
  ).statusCode;

describe("the administration", () => {
  it("has no route that this table leaves out", async () => {
    const { paths } = (await api.get("/api/openapi.json")).body as {
      paths: Record<string, Record<string, { tags: string[] }>>;
    };
    const there = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { tags }]) => tags?.includes("administration"))
        .map(([method]) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "*")}`),
    );
    const shapes = new Map(
      there.map((one) => [new RegExp(`^${one.replaceAll("*", "[^/]+")}$`), one]),
    );
    const covered = ROUTES.map(([method, url]) => `${method} ${url.split("?")[0]}`);
    const missing = [...shapes].filter(([shape]) => !covered.some((one) => shape.test(one)));
    expect(missing.map(([, one]) => one)).toEqual([]);
    expect(there.length).toBeGreaterThan(15);
  });

  it.each(Object.entries(PEOPLE).filter(([role]) => role !== "admin"))(
    "is closed to a %s, and each try is in the trail",
    async (_role, who) => {
      const answers = [];
      for (const route of ROUTES) answers.push(await ask(who, route));
      expect(new Set(answers)).toEqual(new Set([403]));
      const [tries] = await api.database.rows<{ n: number }>(sql`
        select count(*)::int as n from audit
        where action = 'administer' and outcome = 'refused' and actor ->> 'personId' = ${who}`);
      expect(tries?.n).toBe(ROUTES.length);
    },
  );

  it("is closed to whoever has no token", async () => {
    expect(await ask(null, ["GET", "/api/registry"])).toBe(401);
    expect(await ask(null, ["PUT", "/api/limits/verify", {}])).toBe(401);
  });

  it("answers an administrator", async () => {
    const answers = new Map<string, number>();
    for (const route of ROUTES)
      answers.set(`${route[0]} ${route[1]}`, await ask(PEOPLE.admin, route));
    expect([...answers].filter(([, status]) => status !== 200)).toEqual([
      // The uploaded file is no registry file worth the name, which is told and not done.
      ["POST /api/registry/imports", 422],
      ["POST /api/webhooks", 201],
      ["POST /api/alarm-sources", 201],
      ["DELETE /api/webhooks/00000000-0000-4000-8000-000000000000", 404],
      ["POST /api/webhooks/00000000-0000-4000-8000-000000000000/replay", 404],
      ["GET /api/alarm-sources/00000000-0000-4000-8000-000000000000/devices", 404],
      ["POST /api/alarm-sources/00000000-0000-4000-8000-000000000000/secret", 404],
      ["DELETE /api/alarm-sources/00000000-0000-4000-8000-000000000000", 404],
    ]);
  });
});
