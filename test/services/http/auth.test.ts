import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokenHash } from "../../../services/token-hash.ts";
import { ADMIN_TOKEN, type Api, openApi } from "../../support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const withToken = (token: string, remoteAddress = "10.0.0.1") =>
  api.app.inject({
    url: "/api/events",
    headers: { authorization: `Bearer ${token}` },
    remoteAddress,
  });

describe("a bearer token", () => {
  it("is asked for, and the answer says how to get one", async () => {
    const answer = await api.get("/api/events", null);
    expect(answer.status).toBe(401);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.headers["www-authenticate"]).toContain("Bearer");
    expect(answer.body).toMatchObject({
      type: "urn:yihu:problem:tokenMissing",
      status: 401,
      code: "tokenMissing",
      instance: "/api/events",
    });
    expect(answer.body.detail).toContain("登录");
  });

  it("made up by somebody is refused", async () => {
    const answer = await withToken("yh_made-up");
    expect(answer.statusCode).toBe(401);
    expect(answer.json().code).toBe("tokenInvalid");
  });

  it("is kept only as its hash", async () => {
    const token = await api.tokenOf("wangchao-dispatcher-1");
    const rows = await api.database.rows<{ row: string }>(
      sql`select to_jsonb(t)::text as row from api_tokens t`,
    );
    const kept = rows.map((one) => one.row).join();
    expect(kept).toContain(tokenHash(token));
    expect(kept).not.toContain(token);
  });
});

describe("POST /api/tokens", () => {
  it("gives a person a token for 30 days", async () => {
    const made = await api.post("/api/tokens", { personId: "liuan-dispatcher-1" });
    expect(made.status).toBe(201);
    expect(made.body.expiresAt).toBe("2026-12-25T09:00:00+08:00");
    expect((await withToken(made.body.token)).statusCode).toBe(200);
  });

  it("is for the administrator's token only", async () => {
    const answer = await api.post(
      "/api/tokens",
      { personId: "district-admin" },
      "wangchao-dispatcher-1",
    );
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe("noRight");
  });

  it("knows only people of the registry", async () => {
    const answer = await api.post("/api/tokens", { personId: "nobody" });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].field).toBe("body.personId");
  });
});

describe("a token ends", () => {
  it("when its time is over, by the product's clock", async () => {
    const here = await openApi({}, api.database);
    const { token } = (await here.post("/api/tokens", { personId: "district-admin" })).body;
    const ask = () =>
      here.app.inject({ url: "/api/events", headers: { authorization: `Bearer ${token}` } });
    here.clock.advance({ days: 29 });
    expect((await ask()).statusCode).toBe(200);
    here.clock.advance({ days: 1 });
    expect((await ask()).statusCode).toBe(401);
    await here.close();
  });

  it("when its owner gives it up; the owner's other tokens stay", async () => {
    const first = (await api.post("/api/tokens", { personId: "nantang1-worker" })).body.token;
    const second = (await api.post("/api/tokens", { personId: "nantang1-worker" })).body.token;
    const ended = await api.app.inject({
      method: "DELETE",
      url: "/api/tokens",
      headers: { authorization: `Bearer ${first}` },
    });
    expect(ended.json()).toEqual({ revoked: 1 });
    expect((await withToken(first)).statusCode).toBe(401);
    expect((await withToken(second)).statusCode).toBe(200);
  });

  it("when the administrator ends all of a person", async () => {
    const token = (await api.post("/api/tokens", { personId: "nantang2-worker" })).body.token;
    const ended = await api.app.inject({
      method: "DELETE",
      url: "/api/tokens?personId=nantang2-worker",
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    expect(ended.json().revoked).toBe(1);
    expect((await withToken(token)).statusCode).toBe(401);
  });

  it("when its person is no longer active", async () => {
    const token = (await api.post("/api/tokens", { personId: "nantang3-worker" })).body.token;
    await api.database.orm.execute(
      sql`update people set active = false where id = 'nantang3-worker'`,
    );
    expect((await withToken(token)).statusCode).toBe(401);
  });
});

describe("too many wrong tokens from one address", () => {
  it("hold it off for a minute, but not the tokens that were good before, nor other addresses", async () => {
    const good = await api.tokenOf("hebin1-worker");
    const address = "10.0.0.9";
    expect((await withToken(good, address)).statusCode).toBe(200);
    for (let tried = 0; tried < 30; tried++) {
      expect((await withToken(`wrong-${tried}`, address)).statusCode).toBe(401);
    }
    const held = await withToken("wrong-again", address);
    expect(held.statusCode).toBe(429);
    expect(Number(held.headers["retry-after"])).toBeGreaterThan(0);
    expect((await withToken(good, address)).statusCode).toBe(200);
    expect((await withToken("wrong", "10.0.0.10")).statusCode).toBe(401);
    api.realClock.advance({ minutes: 1 });
    expect((await withToken("wrong-once-more", address)).statusCode).toBe(401);
  });
});
