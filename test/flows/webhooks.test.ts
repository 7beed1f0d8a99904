import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addressGuard } from "../../services/address-guard.ts";
import { sendWebhooks } from "../../services/workflows/send-webhooks.ts";
import { type Api, openApi } from "../support/api.ts";

interface Heard {
  id: string;
  seconds: number;
  signature: string;
  raw: string;
  body: { type: string; data: { no: string; action: string; status: string; url: string } };
}

let api: Api;
let server: Server;
let url: string;
let heard: Heard[];
let answer: (one: Heard) => number;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  heard = [];
  answer = () => 200;
  server = createServer((request, response) => {
    let raw = "";
    request.on("data", (chunk) => {
      raw += chunk;
    });
    request.on("end", () => {
      const one: Heard = {
        id: String(request.headers["webhook-id"]),
        seconds: Number(request.headers["webhook-timestamp"]),
        signature: String(request.headers["webhook-signature"]),
        raw,
        body: JSON.parse(raw),
      };
      const status = answer(one);
      if (status === 200) heard.push(one);
      response.writeHead(status, { location: "http://127.0.0.1:1/" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  for (const { id } of (await api.get("/api/webhooks")).body.items) await end(id);
  await new Promise((resolve) => server.close(resolve));
});

const add = async (more: object = {}) =>
  (await api.post("/api/webhooks", { url, ...more })).body as { id: string; secret: string };
const end = (id: string) =>
  api.app.inject({
    method: "DELETE",
    url: `/api/webhooks/${id}`,
    headers: { authorization: "Bearer the-admin-token-of-these-tests" },
  });
const problems: string[] = [];
const send = () =>
  sendWebhooks(
    api.database,
    api.realClock,
    "https://yihu.example",
    api.deps.webhookGuard,
    (_url, problem) => problems.push(problem),
  );
const told = (no: string) => heard.filter((one) => one.body.data.no === no);

describe("another system that wants to know", () => {
  it("is told of every change, signed by the secret that was shown once", async () => {
    const { id, secret } = await add();
    const { row } = await api.event();
    await api.act(row.no, { action: "accept" });
    await send();
    expect(told(row.no).map(({ body }) => body.data.action)).toEqual(["report", "accept"]);
    for (const one of heard) {
      const key = Buffer.from(secret.slice("whsec_".length), "base64");
      const expected = createHmac("sha256", key)
        .update(`${one.id}.${one.seconds}.${one.raw}`)
        .digest("base64");
      expect(one.signature).toBe(`v1,${expected}`);
      expect(one.raw).not.toContain("垃圾");
    }
    expect(told(row.no)[1]?.body).toMatchObject({
      type: "event.accept",
      data: { status: "accepted", url: `https://yihu.example/api/events/${row.no}` },
    });
    const [listed] = (await api.get("/api/webhooks")).body.items;
    expect(listed).toMatchObject({ id, waiting: 0, failed: 0 });
    expect(JSON.stringify(listed)).not.toContain(secret);
  });

  it("that was away hears each subject in its order, and nothing twice under another id", async () => {
    const { id } = await add({ subjects: ["event"] });
    const [first, second] = [(await api.event()).row.no, (await api.event()).row.no];
    await api.act(first, { action: "accept" });
    answer = (one) => (one.body.data.no === first ? 503 : 200);
    await send();
    // What is behind the first of a subject waits; another subject goes on.
    expect(told(first)).toEqual([]);
    expect(told(second)).toHaveLength(1);
    answer = () => 200;
    await send();
    expect(told(first)).toEqual([]);
    api.realClock.advance({ minutes: 1 });
    await send();
    expect(told(first).map(({ body }) => body.data.action)).toEqual(["report", "accept"]);
    const before = told(first).map((one) => one.id);
    const again = await api.post(`/api/webhooks/${id}/replay`, {
      since: "2026-11-25T00:00:00+08:00",
    });
    expect(again.body.replayed).toBe(3);
    await send();
    expect(told(first).map((one) => one.id)).toEqual([...before, ...before]);
  });

  it("is led nowhere else: a redirection counts as not taken", async () => {
    await add();
    const { row } = await api.event();
    answer = () => 307;
    await send();
    expect(problems.at(-1)).toBe("HTTP 307");
    expect(told(row.no)).toEqual([]);
  });

  it("hears nothing of complaints about people, and nothing after it was ended", async () => {
    const { id } = await add();
    const secret = (await api.event({ confidential: true, category: "complaint.conduct" })).row.no;
    await send();
    expect(told(secret)).toEqual([]);
    await end(id);
    const { row } = await api.event();
    await send();
    expect(told(row.no)).toEqual([]);
  });

  it("is named by administrators alone, at an address of the web", async () => {
    expect((await api.post("/api/webhooks", { url }, "wangchao-dispatcher-1")).status).toBe(403);
    for (const bad of [
      "file:///etc/passwd",
      "ftp://a.example/",
      "http://user:pass@a.example/",
      "nowhere",
    ])
      expect((await api.post("/api/webhooks", { url: bad })).status).toBe(400);
  });

  it("lies outside of the operator's network, when it is named and when it is told", async () => {
    const { port } = new URL(url);
    for (const inside of ["http://169.254.169.254/latest", "http://10.0.0.1/", "http://[::1]/"]) {
      const { status, body } = await api.post("/api/webhooks", { url: inside });
      expect([inside, status, body.code]).toEqual([inside, 422, "privateAddress"]);
      expect(body.detail).toContain("WEBHOOK_PRIVATE_HOSTS");
    }
    const { id } = (await api.post("/api/webhooks", { url: `http://brain.example:${port}/` })).body;
    const { row } = await api.event();
    // By the time of telling, the name leads inside.
    const later = addressGuard([], async () => [{ address: "127.0.0.1", family: 4 }]);
    await sendWebhooks(api.database, api.realClock, "https://yihu.example", later, () => {});
    expect(told(row.no)).toEqual([]);
    const [waiting] = (await api.get(`/api/webhooks/${id}/deliveries`)).body.items;
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1 });
    expect(waiting.problem).toContain("WEBHOOK_PRIVATE_HOSTS");
  });
});
