import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findPersonById } from "../../../db/queries/directory.ts";
import { deleteOldSignIns, findSession } from "../../../db/queries/sessions.ts";
import { DAY_MS } from "../../../services/domain/time.ts";
import { isStillGood, personActor } from "../../../services/http/auth.ts";
import { tokenHash } from "../../../services/token-hash.ts";
import { ADMIN_TOKEN, type Api, openApi } from "../../support/api.ts";
import { loginKeyOf, type SignedIn, signIn } from "../../support/sign-in.ts";

const DISPATCHER = "wangchao-dispatcher-1";

let api: Api;
beforeAll(async () => {
  api = await openApi({ publicUrl: "https://yihu.example.gov.cn" });
});
afterAll(() => api.close());

const open = (key: string, headers: Record<string, string> = {}) =>
  api.app.inject({ method: "POST", url: "/api/session", payload: { key }, headers });
const send = (
  method: "GET" | "POST" | "DELETE",
  url: string,
  headers: Record<string, string>,
  payload?: object,
) => api.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });

describe("a 「登录」 link", () => {
  it("signs in once, by a cookie that scripts and other sites cannot use", async () => {
    const key = await loginKeyOf(api, DISPATCHER);
    const first = await open(key);
    expect(first.statusCode).toBe(201);
    expect(first.json()).toEqual({ personId: DISPATCHER, name: "章若兰" });
    const cookie = String(first.headers["set-cookie"]);
    for (const part of ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"])
      expect(cookie).toContain(part);
    const again = await open(key);
    expect([again.statusCode, again.json().code]).toEqual([410, "linkOver"]);
    expect(again.headers["set-cookie"]).toBeUndefined();
    expect(again.json().detail).toContain("登录");
  });

  it("is over after ten minutes", async () => {
    const key = await loginKeyOf(api, DISPATCHER);
    api.clock.advance({ minutes: 11 });
    expect((await open(key)).statusCode).toBe(410);
  });

  it("is kept as a hash alone, and so is the cookie", async () => {
    const key = await loginKeyOf(api, DISPATCHER);
    const cookie = String((await open(key)).headers["set-cookie"]).split(/[=;]/)[1] ?? "";
    const kept = await api.database.rows(sql`
      select 1 from links where hash = ${key} union all select 1 from sessions where hash = ${cookie}`);
    expect(kept).toEqual([]);
  });

  it("cannot be pressed by a foreign page, which would sign somebody in as another", async () => {
    const key = await loginKeyOf(api, DISPATCHER);
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { origin: "https://evil.example" },
    ] as Record<string, string>[])
      expect((await open(key, headers)).statusCode).toBe(403);
    expect((await open(key, { origin: "https://yihu.example.gov.cn" })).statusCode).toBe(201);
  });
});

describe("the cookie", () => {
  let me: SignedIn;
  let no: string;
  beforeEach(async () => {
    me = await signIn(api, DISPATCHER);
    no = (await api.event()).row.no;
  });
  const accept = (headers: Record<string, string>) =>
    send(
      "POST",
      `/api/events/${no}/actions`,
      { cookie: me.cookie, ...headers },
      { action: "accept" },
    );

  it("reads what its person may read", async () => {
    const answer = await send("GET", `/api/events/${no}`, { cookie: me.cookie });
    expect(answer.json()).toMatchObject({ no, words: expect.any(String) });
    const stranger = await signIn(api, "liuan-dispatcher-1");
    const foreign = await send("GET", `/api/events/${no}`, { cookie: stranger.cookie });
    expect(foreign.statusCode).toBe(404);
  });

  it("tells the page who is signed in and how to prove itself", async () => {
    const answer = await send("GET", "/api/session", { cookie: me.cookie });
    expect(answer.json()).toMatchObject({
      personId: DISPATCHER,
      name: "章若兰",
      roleNames: ["指挥室受理员"],
      csrf: me.csrf,
      now: expect.stringMatching(/\+08:00$/),
    });
  });

  it.each([
    ["without the proof", {}],
    ["with another session's proof", { "x-yihu-csrf": "0".repeat(64) }],
  ])("changes nothing %s", async (_how, headers) => {
    const answer = await accept(headers as Record<string, string>);
    expect([answer.statusCode, answer.json().code]).toEqual([403, "csrfRefused"]);
    expect((await api.get(`/api/events/${no}`)).body.status).toBe("pendingAccept");
  });

  it("changes nothing where a foreign page asks, even with the proof", async () => {
    for (const more of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
    ] as Record<string, string>[])
      expect((await accept({ "x-yihu-csrf": me.csrf, ...more })).statusCode).toBe(403);
    const own = { "x-yihu-csrf": me.csrf, "sec-fetch-site": "same-origin" };
    expect((await accept(own)).json().status).toBe("accepted");
  });

  it("ends with signing out", async () => {
    const out = await send("DELETE", "/api/session", {
      cookie: me.cookie,
      "x-yihu-csrf": me.csrf,
    });
    expect(out.json()).toEqual({ ended: 1 });
    expect(String(out.headers["set-cookie"])).toContain("Max-Age=0");
    const after = await send("GET", "/api/session", { cookie: me.cookie });
    expect([after.statusCode, after.json().code]).toEqual([401, "tokenInvalid"]);
  });

  it("is no longer good to a stream that is still open", async () => {
    const key = me.cookie.split("=")[1] ?? "";
    const session = await findSession(api.database, tokenHash(key), api.clock.now());
    const person = await findPersonById(api.database, DISPATCHER);
    if (session === null || person === null) throw new Error("Nobody is signed in.");
    const caller = { actor: personActor(person), tokenHash: null, session: { ...session, key } };
    expect(await isStillGood(api.deps, caller)).toBe(true);
    await send("DELETE", "/api/session", { cookie: me.cookie, "x-yihu-csrf": me.csrf });
    expect(await isStillGood(api.deps, caller)).toBe(false);
  });

  it("can be ended from another device of the same person, and of nobody else", async () => {
    const list = (await send("GET", "/api/sessions", { cookie: me.cookie })).json().items;
    const { id } = list.find((one: { current: boolean }) => one.current);
    const stranger = await signIn(api, "liuan-dispatcher-1");
    const end = (who: SignedIn) =>
      send("DELETE", `/api/sessions/${id}`, { cookie: who.cookie, "x-yihu-csrf": who.csrf });
    expect((await end(stranger)).statusCode).toBe(404);
    expect((await end(await signIn(api, DISPATCHER))).statusCode).toBe(200);
    expect((await send("GET", "/api/session", { cookie: me.cookie })).statusCode).toBe(401);
  });

  it("ends with the working day", async () => {
    api.clock.advance({ hours: 13 });
    expect((await send("GET", "/api/session", { cookie: me.cookie })).statusCode).toBe(401);
  });

  it("ends when the administrator ends all of a person, whose phone was lost perhaps", async () => {
    await send("DELETE", `/api/tokens?personId=${DISPATCHER}`, {
      authorization: `Bearer ${ADMIN_TOKEN}`,
    });
    expect((await send("GET", "/api/session", { cookie: me.cookie })).statusCode).toBe(401);
  });

  it("of yesterday, shown by a whole office in the morning, holds nobody off", async () => {
    const stale = "yihu_session=of-yesterday-and-long-since-over-0001";
    for (let n = 0; n < 40; n++) await send("GET", "/api/session", { cookie: stale });
    const fresh = await signIn(api, DISPATCHER);
    expect((await send("GET", "/api/session", { cookie: fresh.cookie })).statusCode).toBe(200);
  });

  it("is forgotten a month after it was over", async () => {
    const kept = () =>
      api.database.rows(
        sql`select 1 from sessions union all select 1 from links where purpose = 'login'`,
      );
    await deleteOldSignIns(api.database, new Date(api.clock.now().getTime() - 30 * DAY_MS));
    expect((await kept()).length).toBeGreaterThan(0);
    api.clock.advance({ days: 31 });
    await deleteOldSignIns(api.database, new Date(api.clock.now().getTime() - 30 * DAY_MS));
    expect(await kept()).toEqual([]);
  });

  it("ends for good when its person leaves", async () => {
    const active = (yes: boolean) =>
      api.database.rows(sql`update people set active = ${yes} where id = ${DISPATCHER}`);
    await active(false);
    expect((await send("GET", "/api/session", { cookie: me.cookie })).statusCode).toBe(401);
    await active(true);
    expect((await send("GET", "/api/session", { cookie: me.cookie })).statusCode).toBe(401);
  });
});
