import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../../db/client.ts";
import { emptyDatabase, testDatabase } from "../../../support/database.ts";
import {
  ADMIN_TOKEN,
  type SandboxApp,
  sandboxApp,
  settleDistrict,
} from "../../../support/sandbox-app.ts";

/** The smallest PNG: one transparent point. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

describe("the sandbox over HTTP", () => {
  let database: Database;
  let sandbox: SandboxApp;

  beforeAll(async () => {
    database = (await testDatabase()).database;
  });
  beforeEach(async () => {
    await emptyDatabase(database);
    await settleDistrict(database);
    sandbox = await sandboxApp(database);
  });
  afterEach(() => sandbox.close());
  afterAll(() => database.close());

  const get = async (url: string) => {
    const response = await sandbox.app.inject({ url });
    return { status: response.statusCode, body: response.json() };
  };
  const post = async (url: string, payload: object) => {
    const response = await sandbox.app.inject({ method: "POST", url, payload });
    return {
      status: response.statusCode,
      type: response.headers["content-type"],
      body: response.json(),
    };
  };
  const say = (changes: object = {}) =>
    post("/sandbox/messages", {
      conversationId: "g-home",
      userId: "李阿姨",
      text: "3幢楼下路灯不亮",
      ...changes,
    });

  it("lists the groups of every channel: residents first, then work, then calls", async () => {
    const { body } = await get("/sandbox/conversations");
    expect(
      body.items.map((item: Record<string, unknown>) => [
        item.conversationId,
        item.name,
        item.kind,
        item.channel,
      ]),
    ).toEqual([
      ["g-home", "春江花园邻舍群", "resident", "dingtalk"],
      ["g-work", "柳岸街道工作群", "work", "sandbox"],
      ["g-call", "区应响应群", "call", "sandbox"],
    ]);
  });

  it("hands a message over as every channel would, and shows it with the answer and the reading", async () => {
    const { status, body } = await say({ messageId: "m1" });
    expect([status, body]).toEqual([202, { messageId: "m1" }]);
    expect(sandbox.stored).toMatchObject([
      {
        channel: "sandbox",
        dedupeKey: "m1",
        conversation: { id: "g-home", type: "group", title: "春江花园邻舍群" },
        sender: { platformUserId: "李阿姨" },
        text: "3幢楼下路灯不亮",
        reply: null,
      },
    ]);
    const { items } = (await get("/sandbox/messages?conversationId=g-home&userId=p-wang")).body;
    expect(items).toMatchObject([
      {
        from: "李阿姨",
        text: "3幢楼下路灯不亮",
        messageId: "m1",
        understood: {
          kindName: "报事",
          items: [{ categoryName: "路灯不亮", place: "春江花园3幢", levelName: "一级(网格)" }],
          confidence: 0.92,
          eventNos: ["SJ20261123-0001"],
        },
      },
      { from: "bot", text: "已登记,编号 SJ20261123-0001。", understood: null },
    ]);
    expect(items[0].at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  });

  it("takes the same message id twice for one message", async () => {
    await say({ messageId: "m1" });
    expect((await say({ messageId: "m1" })).status).toBe(202);
    expect(sandbox.stored).toHaveLength(1);
    expect((await get("/sandbox/messages?conversationId=g-home")).body.items).toHaveLength(2);
  });

  it("gives a message an id of its own, and reads on from any line", async () => {
    const first = await say();
    const second = await say();
    expect(first.body.messageId).not.toBe(second.body.messageId);
    const all = (await get("/sandbox/messages?conversationId=g-home")).body.items;
    const ids = (query: string) =>
      get(`/sandbox/messages?conversationId=g-home&${query}`).then((answer) =>
        answer.body.items.map((item: { id: string }) =>
          all.findIndex((a: { id: string }) => a.id === item.id),
        ),
      );
    expect(await ids(`after=${all[1].id}`)).toEqual([2, 3]);
    expect(await ids(`after=${all[0].id}&limit=2`)).toEqual([1, 2]);
    expect(await ids("limit=2")).toEqual([2, 3]);
    expect(await ids(`before=${all[2].id}&limit=1`)).toEqual([1]);
  });

  it("keeps a private chat under its owner's name, for that person alone", async () => {
    expect((await say({ conversationId: "private:老周", userId: "老周" })).status).toBe(202);
    expect(sandbox.stored[0]?.conversation).toEqual({
      id: "private:老周",
      type: "private",
      title: null,
    });
    expect(
      (await get(`/sandbox/messages?userId=${encodeURIComponent("老周")}`)).body.items,
    ).toHaveLength(2);
    expect((await say({ conversationId: "private:老周", userId: "李阿姨" })).status).toBe(400);
    const { privateChats } = (await get("/sandbox/conversations")).body;
    expect(privateChats).toMatchObject([{ userId: "老周", last: { from: "bot" } }]);
  });

  it("says which conversations there are when one is unknown", async () => {
    const { status, type, body } = await say({ conversationId: "nowhere" });
    expect(status).toBe(404);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ code: "notFound", conversations: ["g-home", "g-work", "g-call"] });
    expect(body.detail).toContain("g-home、g-work、g-call");
    expect((await get("/sandbox/messages?conversationId=nowhere")).status).toBe(404);
    expect((await get("/sandbox/messages")).status).toBe(400);
    expect(sandbox.stored).toEqual([]);
  });

  it.each([
    ["NUL and other control characters", "路灯\u0000坏\u0007了\n请修", "路灯坏了\n请修"],
    ["half a character", "路灯\ud83d坏了", "路灯\ufffd坏了"],
    ["whole characters beyond the plane", "🔥𠮷", "🔥𠮷"],
    ["what looks like SQL or HTML", `'); drop table inbox; -- <b>`, `'); drop table inbox; -- <b>`],
    ["ten thousand characters", "灯".repeat(10_000), "灯".repeat(10_000)],
    ["ten thousand characters of two halves each", "🔥".repeat(10_000), "🔥".repeat(10_000)],
  ])("stores %s", async (_, text, kept) => {
    expect((await say({ text })).status).toBe(202);
    expect(sandbox.stored[0]?.text).toBe(kept);
    expect((await get("/sandbox/messages?conversationId=g-home")).body.items[0].text).toBe(kept);
  });

  it.each([
    ["too long", { text: "灯".repeat(10_001) }],
    ["empty", { text: "" }],
    ["nothing but NUL", { text: "\u0000" }],
    ["by the bot itself", { userId: "bot" }],
    ["by nobody", { userId: "" }],
    ["no text at all", { text: 5 }],
  ])("refuses a message that is %s", async (_, changes) => {
    expect((await say(changes)).status).toBe(400);
    expect(sandbox.stored).toEqual([]);
  });

  it("cleans ids too, so that no id breaks the database", async () => {
    expect((await say({ userId: "老\u0000周", messageId: "m\u00001" })).body).toEqual({
      messageId: "m1",
    });
    expect(sandbox.stored[0]?.sender.platformUserId).toBe("老周");
  });

  it("takes a picture, hands on its reference, and shows it", async () => {
    const { status } = await say({
      text: "",
      attachments: [{ kind: "picture", name: "井盖.png", dataBase64: PNG }],
    });
    expect(status).toBe(202);
    expect(sandbox.stored[0]?.attachments).toMatchObject([
      { kind: "picture", fileName: "井盖.png" },
    ]);
    const [line] = (await get("/sandbox/messages?conversationId=g-home")).body.items;
    const picture = await sandbox.app.inject({ url: line.pictures[0] });
    expect(picture.headers["content-type"]).toBe("image/png");
    expect(picture.headers["content-security-policy"]).toContain("sandbox");
    expect(picture.rawPayload.toString("base64")).toBe(PNG);
  });

  it("takes nothing else for a picture, whatever it is called", async () => {
    const page = Buffer.from("<script>alert(1)</script>").toString("base64");
    const { status } = await say({
      attachments: [{ kind: "picture", name: "a.png", dataBase64: page }],
    });
    expect(status).toBe(415);
    const large = Buffer.concat([Buffer.from(PNG, "base64"), Buffer.alloc(5 * 1024 * 1024)]);
    expect(
      (await say({ attachments: [{ kind: "picture", dataBase64: large.toString("base64") }] }))
        .status,
    ).toBe(413);
  });

  it("names who may be played, with roles, organisation and grids", async () => {
    const { items } = (await get("/sandbox/people")).body;
    expect(items).toMatchObject([
      {
        id: "p-wang",
        name: "王秀兰",
        roleNames: ["网格员"],
        orgName: "春江社区",
        gridNames: ["春江第一网格"],
      },
      { id: "p-zhang", roleNames: ["指挥室受理员"], orgName: "柳岸街道" },
      { id: "p-zhou", roleNames: ["派驻站所人员"], orgName: "柳岸环卫所" },
    ]);
  });

  it("says that an event of an unknown number does not exist", async () => {
    expect((await get("/sandbox/events/SJ20261123-0001")).status).toBe(404);
  });

  it("moves the clock and waits for what falls due before it answers", async () => {
    const before = Date.parse((await get("/sandbox/clock")).body.now);
    const { status, body } = await post("/sandbox/clock", { advance: "PT2H" });
    expect(status).toBe(200);
    expect(Date.parse(body.now) - before).toBeGreaterThanOrEqual(2 * 3_600_000);
    expect(sandbox.settled).toBe(1);
    const tomorrow = new Date(Date.parse(body.now) + 86_400_000).toISOString();
    expect((await post("/sandbox/clock", { now: tomorrow })).status).toBe(200);
  });

  it("refuses to turn the clock back, and then nothing runs", async () => {
    for (const back of [{ now: "2020-01-01T00:00:00+08:00" }, { advance: "-PT2H" }]) {
      const { status, body } = await post("/sandbox/clock", back);
      expect([status, body.code]).toEqual([409, "backward"]);
      expect(body.now).toMatch(/\+08:00$/);
    }
    expect(sandbox.settled).toBe(0);
  });

  it.each([
    {},
    { advance: "2h" },
    { advance: "P1M" },
    { now: "2030-01-01T00:00:00" },
    { advance: "PT1H", now: "2030-01-01T00:00:00Z" },
  ])("does not understand %j", async (body) => {
    expect((await post("/sandbox/clock", body)).status).toBe(400);
  });
});

describe("who may use the sandbox", () => {
  let database: Database;
  let sandbox: SandboxApp;
  const ask = (headers: Record<string, string>, url = "/sandbox/clock") =>
    sandbox.app.inject({ url, headers }).then((response) => response.statusCode);

  beforeAll(async () => {
    database = (await testDatabase()).database;
  });
  afterEach(() => sandbox.close());
  afterAll(() => database.close());

  it("lets everybody in who sits at this machine", async () => {
    sandbox = await sandboxApp(database);
    for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"]) {
      expect(await ask({ host })).toBe(200);
    }
  });

  it("wants the token of whoever came by another name or through a proxy", async () => {
    sandbox = await sandboxApp(database);
    expect(await ask({ host: "rebound.example.com" })).toBe(401);
    expect(await ask({ host: "127.0.0.1:3000", "x-forwarded-for": "203.0.113.9" })).toBe(401);
  });

  it("wants the token of everybody when it listens to the world", async () => {
    sandbox = await sandboxApp(database, { isLoopback: false });
    expect(await ask({})).toBe(401);
    expect(await ask({ authorization: "Bearer another-token" })).toBe(401);
    expect(await ask({ authorization: `Bearer ${ADMIN_TOKEN}` })).toBe(200);
    expect(await ask({}, "/sandbox/stream")).toBe(401);
  });

  it("takes the token in the page's address once, and a cookie from then on", async () => {
    const pages = {
      send: async (reply: never) => (reply as { send(text: string): never }).send("the page"),
      sendHtml: (reply: never, html: string) => (reply as { send(text: string): never }).send(html),
    } as never;
    sandbox = await sandboxApp(database, { isLoopback: false, pages });
    expect((await sandbox.app.inject({ url: "/sandbox" })).statusCode).toBe(401);
    expect((await sandbox.app.inject({ url: "/sandbox?token=wrong" })).statusCode).toBe(401);

    const admitted = await sandbox.app.inject({ url: `/sandbox?token=${ADMIN_TOKEN}` });
    expect([admitted.statusCode, admitted.headers.location]).toEqual([303, "/sandbox"]);
    const cookie = String(admitted.headers["set-cookie"]);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(cookie).not.toContain(ADMIN_TOKEN);

    const sent = { cookie: cookie.split(";")[0] ?? "" };
    expect(await ask(sent)).toBe(200);
    expect((await sandbox.app.inject({ url: "/sandbox", headers: sent })).body).toBe("the page");
  });
});
