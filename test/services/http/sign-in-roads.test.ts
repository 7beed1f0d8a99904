import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dingtalkLogin } from "../../../bot/channels/dingtalk/web-login.ts";
import { csrfProof } from "../../../services/http/session-cookie.ts";
import { ADMIN_TOKEN, type Api, openApi } from "../../support/api.ts";
import { type Gateway, PATHS, startGateway } from "../../support/dingtalk-gateway/gateway.ts";

const DISPATCHER = "wangchao-dispatcher-1";
const CORP = "dingcorp";

const post = (api: Api, payload: object, headers: Record<string, string> = {}) =>
  api.app.inject({ method: "POST", url: "/api/session", payload, headers });
type Answer = Awaited<ReturnType<typeof post>>;
const cookieOf = (answer: Answer) => String(answer.headers["set-cookie"]).split(";", 1)[0] ?? "";
const ask = (
  api: Api,
  cookie: string,
  method: "GET" | "POST" | "DELETE",
  url: string,
  payload?: object,
) =>
  api.app.inject({
    method,
    url,
    headers: { cookie, "x-yihu-csrf": csrfProof(cookie.split("=")[1] ?? "") },
    ...(payload === undefined ? {} : { payload }),
  });
const told = (answer: Answer) => [answer.statusCode, answer.json().code];
const audit = (api: Api) =>
  api.database.rows<{ who: string; action: string; type: string; no: string | null }>(
    sql`select actor ->> 'name' as who, action, subject_type as type, subject_no as no from audit where action in ('signIn', 'signOut') order by id`,
  );

describe("signing in by DingTalk", () => {
  let gateway: Gateway;
  let api: Api;
  beforeAll(async () => {
    gateway = await startGateway();
    const base = gateway.baseUrl;
    const config = {
      clientId: "dingyihutest",
      clientSecret: "a-client-secret",
      robotCode: "dingyihutest",
      apiBase: base,
      oapiBase: base,
      cardTemplateId: null,
      corpId: CORP,
      messagesPerMinute: 20,
    };
    api = await openApi({ dingtalkLogin: dingtalkLogin(config, fetch, () => new Date()) });
    await api.database.rows(
      sql`update people set dingtalk_user_id = 'manager42' where id = ${DISPATCHER}`,
    );
  });
  afterAll(async () => {
    await api.close();
    await gateway.stop();
  });
  const enter = (dingtalkCode: string, corpId = CORP) => post(api, { dingtalkCode, corpId });

  it("tells the page for which organisation to ask, and nothing where it is not set up", async () => {
    const asked = async (one: Api) => (await one.get("/api/sign-in", null)).body;
    expect(await asked(api)).toEqual({ dingtalk: { corpId: CORP } });
    const bare = await openApi({}, api.database);
    expect(await asked(bare)).toEqual({ dingtalk: null });
    expect(told(await post(bare, { dingtalkCode: "x", corpId: CORP }))).toEqual([
      422,
      "dingtalkNotSetUp",
    ]);
    await bare.close();
  });

  it("opens a session for whose account it is, with that person's rights, once a code", async () => {
    const code = gateway.authCode("manager42");
    const answer = await enter(code);
    expect([answer.statusCode, answer.json()]).toEqual([
      201,
      { personId: DISPATCHER, name: "章若兰" },
    ]);
    const me = (await ask(api, cookieOf(answer), "GET", "/api/session")).json();
    expect(me).toMatchObject({ personId: DISPATCHER, roles: ["dispatcher"] });
    expect(told(await enter(code))).toEqual([401, "dingtalkCodeRefused"]);
    expect((await audit(api)).at(-1)).toMatchObject({ who: "章若兰", action: "signIn" });
  });

  it("refuses a stranger, and another organisation's code, and says what to do", async () => {
    const stranger = await enter(gateway.authCode("nobody-we-know"));
    expect(told(stranger)).toEqual([403, "notInRegistry"]);
    expect(stranger.json().detail).toContain("dingtalk_user_id");
    expect(stranger.headers["set-cookie"]).toBeUndefined();
    expect(told(await enter(gateway.authCode("manager42"), "dingother"))).toEqual([
      422,
      "dingtalkNotSetUp",
    ]);
  });

  it("asks for a new token where DingTalk has dropped the old one, and tells when it is away", async () => {
    gateway.revokeTokens();
    expect((await enter(gateway.authCode("manager42"))).statusCode).toBe(201);
    gateway.faults.next(PATHS.userInfo, { status: 500 });
    expect(told(await enter(gateway.authCode("manager42")))).toEqual([502, "dingtalkUnavailable"]);
  });
});

describe("signing in by a token", () => {
  let api: Api;
  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  it("opens a session with the administrator's rights, which is on record as the token's", async () => {
    const answer = await post(api, { token: ` ${ADMIN_TOKEN} ` });
    expect([answer.statusCode, answer.json()]).toEqual([201, { personId: null, name: "管理令牌" }]);
    const cookie = cookieOf(answer);
    const issued = await ask(api, cookie, "POST", "/api/tokens", { personId: DISPATCHER });
    expect(issued.statusCode).toBe(201);
    const bare = await api.app.inject({
      method: "POST",
      url: "/api/tokens",
      headers: { cookie },
      payload: { personId: DISPATCHER },
    });
    expect(told(bare)).toEqual([403, "csrfRefused"]);
    expect((await ask(api, cookie, "DELETE", "/api/session")).json()).toEqual({ ended: 1 });
    expect((await ask(api, cookie, "GET", "/api/session")).statusCode).toBe(401);
    const records = await audit(api);
    expect(records.map(({ who, action, type }) => `${who} ${action} ${type}`)).toEqual([
      "管理令牌 signIn adminToken",
      "管理令牌 signOut adminToken",
    ]);
  });

  it("ends when the administrator's token is another one", async () => {
    const cookie = cookieOf(await post(api, { token: ADMIN_TOKEN }));
    const config = { ...api.deps.config, adminToken: "another-token-after-the-leak" };
    const renewed = await openApi({ config, clock: api.clock }, api.database);
    expect((await ask(renewed, cookie, "GET", "/api/session")).statusCode).toBe(401);
    expect((await ask(api, cookie, "GET", "/api/session")).statusCode).toBe(200);
    await renewed.close();
  });

  it("of a person opens that person's session, which ends with the token", async () => {
    const { token } = (await api.post("/api/tokens", { personId: DISPATCHER })).body;
    const answer = await post(api, { token });
    expect(answer.json()).toEqual({ personId: DISPATCHER, name: "章若兰" });
    const cookie = cookieOf(answer);
    expect((await ask(api, cookie, "GET", "/api/session")).json().roles).toEqual(["dispatcher"]);
    await api.app.inject({
      method: "DELETE",
      url: "/api/tokens",
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await ask(api, cookie, "GET", "/api/session")).statusCode).toBe(401);
  });

  it("is refused to foreign pages, and to whoever guesses for long", async () => {
    const foreign = await post(api, { token: ADMIN_TOKEN }, { origin: "https://evil.example" });
    expect(foreign.statusCode).toBe(403);
    for (let n = 0; n < 30; n++)
      expect(told(await post(api, { token: `guess-${n}` }))).toEqual([401, "tokenInvalid"]);
    const held = await post(api, { token: ADMIN_TOKEN });
    expect(told(held)).toEqual([429, "tooManyAttempts"]);
    expect(Number(held.headers["retry-after"])).toBeGreaterThan(0);
    api.realClock.advance({ minutes: 2 });
    expect((await post(api, { token: ADMIN_TOKEN })).statusCode).toBe(201);
  });
});
