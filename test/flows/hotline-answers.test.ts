import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SEALED } from "../../db/contacts/vault.ts";
import { eraseAccount } from "../../db/queries/residents.ts";
import { hotlineAnswers, hotlineOrders, hotlineUpdates } from "../../db/schema/index.ts";
import { type AnswerGateway, openAnswerGateway } from "../../services/hotline/answer-gateway.ts";
import { NO_HOTLINES } from "../../services/hotline-config.ts";
import { sendHotlineAnswers } from "../../services/workflows/hotline/send-answers.ts";
import { retireMessages } from "../../services/workflows/retire-messages.ts";
import { type Api, openApi } from "../support/api.ts";
import { type Chat, openChat } from "../support/chat.ts";
import { anOrder, csvOf, feed } from "../support/hotline.ts";

const LINE = "hotline12345" as const;
const NO = "2026112200123";
const NONE = NO_HOTLINES[LINE];
const SECRET = `whsec_${Buffer.from("a secret of the hotline, 32 bytes").toString("base64")}`;

let chat: Chat;
let api: Api;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(async () => {
  await chat.fresh();
  api = await openApi({ office: chat.office, clock: chat.clock }, chat.database);
});
afterEach(() => api.close());
afterAll(() => chat.close());

const failures: [string, boolean][] = [];
const send = (gateway: AnswerGateway | null) =>
  gateway === null
    ? Promise.resolve(0)
    : sendHotlineAnswers(
        chat.database,
        chat.office,
        LINE,
        gateway,
        api.realClock,
        (no, _e, givenUp) => failures.push([no, givenUp]),
      );
const order = async () => (await api.get(`/api/hotline/12345/orders/${NO}`)).body;
/** An order that the command room has accepted and sanitation has dealt with. */
const completed = async () => {
  await feed(chat, [anOrder()]);
  await chat.settle();
  const { eventNo } = await order();
  await api.act(eventNo, { action: "accept" }, "wangchao-dispatcher-1");
  await api.act(eventNo, { action: "assign", orgCode: "SLQ-WC-HWS" }, "wangchao-dispatcher-1");
  await api.act(eventNo, { action: "sign" }, "wangchao-huanwei-1");
  await api.act(eventNo, { action: "complete", note: "已清运" }, "wangchao-huanwei-1");
  return eventNo as string;
};

describe("answers by post", () => {
  let server: Server;
  let gateway: AnswerGateway | null;
  let heard: { id: string; data: Record<string, string>; good: boolean }[];
  let status: number;
  beforeEach(async () => {
    heard = [];
    failures.length = 0;
    status = 200;
    server = createServer((request, response) => {
      let raw = "";
      request.on("data", (chunk) => {
        raw += chunk;
      });
      request.on("end", () => {
        const id = String(request.headers["webhook-id"]);
        const told = `${id}.${request.headers["webhook-timestamp"]}.${raw}`;
        const key = Buffer.from(SECRET.slice(6), "base64");
        const expected = `v1,${createHmac("sha256", key).update(told).digest("base64")}`;
        const good = request.headers["webhook-signature"] === expected;
        if (status === 200) heard.push({ id, data: JSON.parse(raw), good });
        response.writeHead(status).end("回执-1");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    gateway = openAnswerGateway(
      { ...NONE, secret: SECRET, postUrl: `http://127.0.0.1:${port}/` },
      api.realClock,
    );
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it("tell each state in its order, signed, and the result with org and time; the caller counts as told", async () => {
    const no = await completed();
    expect(await send(gateway)).toBe(5);
    expect(await send(gateway)).toBe(0);
    expect(heard.every(({ good }) => good)).toBe(true);
    expect(heard.map(({ data }) => data.stateName)).toEqual([
      "待受理",
      "待派遣",
      "已派遣",
      "已签收",
      "已反馈",
    ]);
    expect(heard.at(-1)?.data).toMatchObject({
      orderNo: NO,
      eventNo: no,
      kind: "result",
      text: "已清运",
      orgName: "望潮街道环卫所",
      at: "2026-11-25T09:00:00+08:00",
    });
    expect((await order()).answers.at(-1)).toMatchObject({
      sendState: "sent",
      road: "rest",
      receipt: "回执-1",
    });
    expect((await chat.event(no)).row.reporterToldAt).not.toBeNull();
  });

  it("wait longer and longer where nobody takes them, hold back what comes later, and are given up aloud", async () => {
    await completed();
    status = 503;
    await send(gateway);
    expect(failures).toEqual([[NO, false]]);
    await send(gateway);
    expect(failures).toHaveLength(1);
    await chat.database.orm
      .update(hotlineAnswers)
      .set({ attempts: 81 })
      .where(eq(hotlineAnswers.state, "awaitingAcceptance"));
    api.realClock.advance({ hours: 2 });
    await send(gateway);
    expect(failures.find(([, givenUp]) => givenUp)).toEqual([NO, true]);
    expect((await order()).answers[0]).toMatchObject({ sendState: "failed", problem: "HTTP 503" });
    const said = await chat.settle();
    expect(said.map(({ text }) => text).join()).toContain("【回传未成功】");
    // What came later waited for it, and goes on now.
    api.realClock.advance({ minutes: 1 });
    status = 200;
    await send(gateway);
    expect(heard.map(({ data }) => data.stateName)).toEqual([
      "待派遣",
      "已派遣",
      "已签收",
      "已反馈",
    ]);
  });
});

it("answers by mail are forms with a message id of their own", async () => {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const gateway = openAnswerGateway(
    {
      ...NONE,
      mail: {
        smtpUrl: `smtp://127.0.0.1:${port}`,
        from: "zhs@street.example",
        to: "gd@hotline.example",
      },
    },
    api.realClock,
  );
  await completed();
  expect(await send(gateway)).toBe(5);
  expect(mails).toHaveLength(5);
  expect(mails[4]).toMatch(/^To: gd@hotline\.example\r$/m);
  const id = (await order()).answers.at(-1).receipt;
  expect(mails[4]?.includes(`Message-ID: ${id}`)).toBe(true);
  await new Promise<void>((resolve) => server.close(resolve));
});

describe("without a road back", () => {
  it("answers wait for a file; handed over, the caller counts as told", async () => {
    expect(openAnswerGateway(NONE, api.realClock)).toBeNull();
    const no = await completed();
    const path = "/api/hotline/12345/answers/exports";
    const file = (await api.post(path, { format: "csv" }, "district-dispatcher-1")).body as string;
    expect(file.split("\r\n")[0]).toBe(
      "\uFEFF工单编号,工单状态,办理结果,承办单位,办理时间,事件编号",
    );
    expect(file).toContain(`${NO},已反馈,已清运,望潮街道环卫所,2026-11-25 09:00:00,${no}`);
    expect((await chat.event(no)).row.reporterToldAt).toBeNull();
    await api.post(path, { format: "xlsx", handOver: true });
    expect((await chat.event(no)).row.reporterToldAt).not.toBeNull();
    expect(
      ((await api.post(path, { format: "csv" })).body as string).trim().split("\r\n"),
    ).toHaveLength(1);
    expect((await api.post(path, { format: "csv", since: "2026-11-25" })).body).toContain("已反馈");
    expect((await api.post(path, {}, "wangchao-dispatcher-1")).status).toBe(403);
  });
});

describe("the command room", () => {
  it("takes a file in on the API, finds orders by their number, and events by it too", async () => {
    const content = csvOf([anOrder(), anOrder({ 工单编号: "2026112200999", 工单状态: "飞" })]);
    const body = { name: "工单.csv", content: content.toString("base64") };
    const path = "/api/hotline/12345/imports";
    expect(
      (await api.post(path, { ...body, dryRun: true }, "wangchao-dispatcher-1")).body,
    ).toMatchObject({
      taken: 1,
    });
    expect((await api.get("/api/hotline/12345/orders")).body.items).toEqual([]);
    expect((await api.post(path, body, "wangchao-dispatcher-1")).body).toMatchObject({
      taken: 1,
      problems: [{ at: 3, column: "工单状态" }],
    });
    await chat.settle();
    const [listed] = (await api.get("/api/hotline/12345/orders?q=00123", "wangchao-dispatcher-1"))
      .body.items;
    expect(listed).toMatchObject({
      no: NO,
      contact: { name: "张**", phone: "138****0001" },
    });
    const found = (await api.get(`/api/events?q=${NO}`, "wangchao-dispatcher-1")).body.items;
    expect(found).toHaveLength(1);
    expect(found[0].orders).toEqual([{ line: LINE, lineName: "12345", no: NO, dueAt: null }]);
    const whole = await api.get(`/api/hotline/12345/orders/${NO}`, "wangchao-dispatcher-1");
    expect(whole.body.contact).toEqual({ name: "张阿姨", phone: "13800000001" });
    expect(whole.body.updates).toHaveLength(1);
    // Another street's command room has no part in it, and a line that there is none has no orders.
    expect((await api.get(`/api/hotline/12345/orders/${NO}`, "liuan-dispatcher-1")).status).toBe(
      404,
    );
    expect((await api.get("/api/hotline/12345/orders", "liuan-dispatcher-1")).body.items).toEqual(
      [],
    );
    expect((await api.get("/api/hotline/110/orders")).status).toBe(404);
    expect((await api.get("/api/hotline/12345/orders", "nantang1-worker")).status).toBe(403);
  });

  it("finds what was kept", async () => {
    await feed(chat, [anOrder()]);
    await chat.settle();
    await feed(chat, [anOrder({ 更新时间: "2026-11-24 08:00:00", 工单状态: "撤单" })]);
    const { items } = (await api.get("/api/hotline/12345/orders?kept=true")).body;
    expect(items).toHaveLength(1);
    expect((await order()).updates.at(-1)).toMatchObject({ outcome: "kept", asks: ["withdraw"] });
  });
});

describe("the caller", () => {
  const kept = async () => {
    const { orm } = chat.database;
    return JSON.stringify([
      await orm.select().from(hotlineOrders),
      await orm.select().from(hotlineUpdates),
    ]);
  };

  it("is emptied a month after the end of the event, not before", async () => {
    await feed(chat, [anOrder()]);
    await chat.settle();
    chat.clock.advance({ days: 40 });
    await retireMessages(chat.database, chat.office);
    expect(await kept()).toContain(SEALED);
    const { eventNo } = await order();
    await api.act(eventNo, { action: "reject", reason: "不归我们管" });
    chat.clock.advance({ days: 31 });
    await retireMessages(chat.database, chat.office);
    expect(await kept()).not.toMatch(/13800000001|张阿姨|enc:v1:/);
    expect((await api.get("/api/hotline/12345/orders")).body.items[0].contact).toBeNull();
  });

  it("who asks for it is deleted, and what the hotline sends again brings nothing back", async () => {
    await feed(chat, [anOrder()]);
    await chat.settle();
    const event = await chat.event((await order()).eventNo);
    const account = { channel: "api", platformUserId: event.reporters[0]?.platformUserId ?? "" };
    await chat.database.transaction((tx) =>
      eraseAccount(tx, account, "00000000-0000-4000-8000-000000000000", chat.clock.now()),
    );
    expect(await kept()).not.toMatch(/13800000001|张阿姨|垃圾桶/);
    await feed(chat, [anOrder({ 更新时间: "2026-11-25 10:00:00", 催单次数: "1" })]);
    expect(await kept()).not.toMatch(/13800000001|张阿姨|垃圾桶/);
    expect(await chat.steps(event.row.no)).toEqual(["report", "urge"]);
  });
});
