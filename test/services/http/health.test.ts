import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../../db/client.ts";
import { buildApp } from "../../../services/http/app.ts";
import { ADMIN_TOKEN, type Api, openApi } from "../../support/api.ts";

let base: Api;
let api: Api;
beforeAll(async () => {
  base = await openApi();
});
afterEach(() => api.close());
afterAll(() => base.close());

describe("/readyz", () => {
  it("is ready with a migrated database and live channels", async () => {
    api = await openApi({}, base.database);
    const answer = await api.get("/readyz", null);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ready: true,
      parts: [
        { name: "database", ok: true, detail: null },
        { name: "migrations", ok: true, detail: null },
        { name: "reminders", ok: true, detail: null },
        { name: "sandbox", ok: true, detail: null },
      ],
      oldestOutboxAgeSeconds: 0,
    });
    // A new event tells the command room; nobody sends it here.
    await api.event();
    api.clock.advance({ minutes: 2 });
    expect((await api.get("/readyz", null)).body.oldestOutboxAgeSeconds).toBe(120);
  });

  it("says when reminders are late because nobody sweeps", async () => {
    api = await openApi({}, base.database);
    await api.event();
    api.clock.advance({ minutes: 120 });
    const answer = await api.get("/readyz", null);
    expect(answer.status).toBe(503);
    expect(answer.body.parts[2]).toEqual({
      name: "reminders",
      ok: false,
      detail: expect.stringMatching(/^Reminders are \d+ s late: .* role jobs/),
    });
  });

  it("names a channel that is down", async () => {
    const health = async () => [
      { name: "dingtalk", ok: false, detail: "no connection since 09:00" },
    ];
    api = await openApi({ health }, base.database);
    const answer = await api.get("/readyz", null);
    expect(answer.status).toBe(503);
    expect(answer.body.parts.at(-1)).toEqual({
      name: "dingtalk",
      ok: false,
      detail: "no connection since 09:00",
    });
  });

  it("notices a schema older than the program", async () => {
    api = await openApi({}, base.database);
    const age = (by: string) =>
      api.database.orm.execute(
        sql`update drizzle.__drizzle_migrations set created_at = created_at + ${by}::bigint`,
      );
    await age("-1");
    const answer = await api.get("/readyz", null);
    await age("1");
    expect(answer.status).toBe(503);
    expect(answer.body.parts[1]).toMatchObject({ name: "migrations", ok: false });
  });
});

describe("with the database gone", () => {
  it("the process lives, is not ready, and the API asks to come again", async () => {
    const own = await openApi();
    api = { ...own, close: () => own.app.close() };
    await api.tokenOf("wangchao-dispatcher-1");
    await api.database.close();
    expect((await api.get("/healthz", null)).body).toEqual({ status: "ok" });
    const ready = await api.get("/readyz", null);
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ ready: false, oldestOutboxAgeSeconds: null });
    expect(ready.body.parts[0]).toMatchObject({ name: "database", ok: false });
    for (const ask of [
      api.get("/api/events"),
      api.get("/api/events", "wangchao-dispatcher-1"),
      api.post("/api/reports", { text: "路灯坏了", source: "app" }),
      api.act("SJ20261125-0001", { action: "accept" }),
    ]) {
      const answer = await ask;
      expect([answer.status, answer.body.code]).toEqual([503, "databaseUnavailable"]);
      expect(answer.headers["retry-after"]).toBeDefined();
    }
    const metrics = await api.get("/metrics", null);
    expect(metrics.status).toBe(200);
    expect(metrics.body).toContain("yihu_database_up 0");
  });
});

describe("with a database server that refuses connections", () => {
  it("says so in the same way", async () => {
    const nowhere = await openDatabase("postgres://nobody@127.0.0.1:1/none", "test");
    const app = buildApp({ ...base.deps, database: nowhere });
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const answer = await app.inject({ url: "/api/events", headers });
    expect([answer.statusCode, answer.json().code]).toEqual([503, "databaseUnavailable"]);
    expect((await app.inject({ url: "/readyz" })).json().parts[0].ok).toBe(false);
    await app.close();
    await nowhere.close();
    api = await openApi({}, base.database);
  });
});

describe("a fault", () => {
  it("is told with a request id and without anything of the inside", async () => {
    const store = () => Promise.reject(new Error("secret words in params: 我是老王"));
    api = await openApi({ store }, base.database);
    const answer = await api.post("/api/reports", { text: "路灯坏了", source: "app" });
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ code: "fault", requestId: answer.headers["x-request-id"] });
    expect(JSON.stringify(answer.body)).not.toContain("老王");
  });
});

describe("/metrics", () => {
  it("counts requests by route and measures the queues", async () => {
    api = await openApi({}, base.database);
    const { no } = (await api.event()).row;
    await api.get(`/api/events/${no}`);
    await api.post("/api/reports", { text: "路灯坏了", source: "app" });
    const { status, headers, body } = await api.get("/metrics", null);
    expect(status).toBe(200);
    expect(headers["content-type"]).toContain("text/plain");
    expect(body).toContain(
      'yihu_http_request_duration_seconds_count{method="GET",route="/api/events/:no",status="200"} 1',
    );
    expect(body).toContain("yihu_inbox_pending 1");
    expect(body).toMatch(/yihu_outbox_pending [1-9]/);
    expect(body).not.toContain(no);
  });

  it.each([
    ["0.0.0.0", "localhost:3000", {}],
    ["127.0.0.1", "evil.example", {}],
    ["127.0.0.1", "localhost:3000", { "x-forwarded-for": "203.0.113.9" }],
  ])("on %s for %s %j wants the administrator's token", async (host, asked, more) => {
    api = await openApi(
      {
        config: {
          adminToken: ADMIN_TOKEN,
          host,
          model: null,
          modelFilingNo: null,
          registryDatum: "wgs84",
        },
      },
      base.database,
    );
    const ask = (headers: Record<string, string>) =>
      api.app.inject({ url: "/metrics", headers: { host: asked, ...more, ...headers } });
    expect((await ask({})).statusCode).toBe(401);
    expect((await ask({ authorization: "Bearer wrong" })).statusCode).toBe(401);
    expect((await ask({ authorization: `Bearer ${ADMIN_TOKEN}` })).statusCode).toBe(200);
  });
});
