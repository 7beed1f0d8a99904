import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Gateway, PATHS, startGateway } from "./gateway.ts";
import { CUSTOM_WEBHOOK } from "./oapi-routes.ts";

// The simulator has to refuse what the platform refuses, or the tests that use it prove nothing.
let gateway: Gateway;
let now = Date.parse("2026-11-23T01:00:00Z");

beforeEach(async () => {
  gateway = await startGateway({ now: () => now });
});
afterEach(() => gateway.stop());

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${gateway.baseUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const APP = { clientId: "dingyihutest", clientSecret: "a-client-secret", subscriptions: [] };

async function token(): Promise<Record<string, string>> {
  const body = { appKey: APP.clientId, appSecret: APP.clientSecret };
  const answer = await post(PATHS.token, body);
  return { "x-acs-dingtalk-access-token": String(answer.body.accessToken) };
}

function dial(url: string): Promise<"open" | "refused"> {
  const socket = new WebSocket(url);
  return new Promise((resolve) => {
    socket.on("open", () => {
      socket.terminate();
      resolve("open");
    });
    socket.on("error", () => resolve("refused"));
  });
}

describe("the door", () => {
  it("answers XML to whoever does not accept JSON, and 401 to wrong credentials", async () => {
    const response = await fetch(`${gateway.baseUrl}${PATHS.open}`, { method: "POST" });
    expect(response.headers.get("content-type")).toContain("xml");
    const wrong = await post(PATHS.open, { ...APP, clientSecret: "x" });
    expect(wrong).toMatchObject({ status: 401, body: { code: "authFailed" } });
  });

  it("takes a ticket once, encoded or not, and for 90 seconds", async () => {
    const ticket = async () => {
      const { body } = await post(PATHS.open, APP);
      return { endpoint: String(body.endpoint), ticket: String(body.ticket) };
    };
    const first = await ticket();
    const url = `${first.endpoint}?ticket=${encodeURIComponent(first.ticket)}`;
    expect(await dial(url)).toBe("open");
    expect(await dial(url)).toBe("refused");
    const second = await ticket();
    expect(await dial(`${second.endpoint}?ticket=${second.ticket}`)).toBe("open");
    const third = await ticket();
    now += 91_000;
    expect(await dial(`${third.endpoint}?ticket=${encodeURIComponent(third.ticket)}`)).toBe(
      "refused",
    );
    expect(await dial(`${third.endpoint}?ticket=made-up`)).toBe("refused");
  });
});

describe("the OpenAPI", () => {
  const toGroup = { robotCode: APP.clientId, openConversationId: "cid1", msgKey: "sampleText" };
  const said = { ...toGroup, msgParam: JSON.stringify({ content: "hi" }) };

  beforeEach(() => {
    gateway.group("cid1", "群");
  });

  it("wants a token that lives two hours, and a robot and a group that exist", async () => {
    expect(await post(PATHS.groupSend, said)).toMatchObject({ status: 401 });
    const headers = await token();
    expect(await post(PATHS.groupSend, said, headers)).toMatchObject({ status: 200 });
    expect((await post(PATHS.groupSend, { ...said, robotCode: "x" }, headers)).status).toBe(400);
    expect(
      (await post(PATHS.groupSend, { ...said, openConversationId: "x" }, headers)).status,
    ).toBe(400);
    now += 7_201_000;
    expect((await post(PATHS.groupSend, said, headers)).status).toBe(401);
    expect(gateway.sent()).toHaveLength(1);
  });

  it.each([
    ["an object", { content: "hi" }],
    ["too long", JSON.stringify({ content: "字".repeat(5_000) })],
    ["without its field", JSON.stringify({ text: "hi" })],
    ["with a number", JSON.stringify({ content: 7 })],
    ["no JSON", "hi"],
  ])("refuses a msgParam that is %s", async (_name, msgParam) => {
    expect((await post(PATHS.groupSend, { ...said, msgParam }, await token())).status).toBe(400);
  });

  it("refuses more than 20 people and more than 20 calls a second", async () => {
    const headers = await token();
    const userIds = Array.from({ length: 21 }, (_, number) => `u${number}`);
    const body = { robotCode: APP.clientId, userIds, msgKey: said.msgKey, msgParam: said.msgParam };
    expect((await post(PATHS.privateSend, body, headers)).status).toBe(400);
    for (let call = 0; call < 20; call += 1) await post(PATHS.groupSend, said, headers);
    expect(await post(PATHS.groupSend, said, headers)).toMatchObject({
      status: 403,
      body: { code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" },
    });
    now += 1_001;
    expect((await post(PATHS.groupSend, said, headers)).status).toBe(200);
  });

  it("makes a card once, changes it by key, and hears its buttons", async () => {
    const headers = await token();
    const card = {
      cardTemplateId: "t",
      outTrackId: "card1",
      callbackType: "STREAM",
      cardData: { cardParamMap: { title: "SJ1", state: "待签收" } },
      openSpaceId: "dtv1.card//IM_GROUP.cid1",
    };
    await post("/v1.0/card/instances/createAndDeliver", card, headers);
    const again = { ...card, cardData: { cardParamMap: { title: "other" } } };
    await post("/v1.0/card/instances/createAndDeliver", again, headers);
    expect(gateway.cards()).toMatchObject([{ cardParamMap: { title: "SJ1" } }]);
    expect(gateway.sent().map((sent) => sent.via)).toEqual(["card"]);
    const numbers = { ...card, outTrackId: "card2", cardData: { cardParamMap: { n: 1 } } };
    const path = "/v1.0/card/instances/createAndDeliver";
    expect((await post(path, numbers, headers)).body.code).toBe("param.invalid");
  });
});

describe("the old API", () => {
  it("says errors in a 200: an expired session, a wrong signature", async () => {
    const text = { msgtype: "text", text: { content: "hi" } };
    expect(await post("/robot/sendBySession?session=x", text)).toMatchObject({
      status: 200,
      body: { errcode: 300001 },
    });
    const unsigned = `/robot/send?access_token=${CUSTOM_WEBHOOK.accessToken}&timestamp=${now}&sign=x`;
    expect((await post(unsigned, text)).body.errcode).toBe(310000);
  });
});

it("tells what was said instead when the expected was not heard", async () => {
  const group = gateway.group("cid1", "南塘群");
  const headers = await token();
  const msgParam = JSON.stringify({ content: "已受理" });
  const body = {
    robotCode: APP.clientId,
    openConversationId: "cid1",
    msgKey: "sampleText",
    msgParam,
  };
  await post(PATHS.groupSend, body, headers);
  await expect(group.hears(/办结/, 20)).rejects.toThrow(/南塘群 did not hear[\s\S]*已受理/);
  expect((await group.hears(/已(受理)/)).match[1]).toBe("受理");
  await expect(group.hears(/已受理/, 20)).rejects.toThrow(/nothing was said/);
});
