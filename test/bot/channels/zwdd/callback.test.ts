import { createHmac } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callbackReceiver } from "../../../../bot/channels/zwdd/callback.ts";
import { callbackRoute } from "../../../../bot/channels/zwdd/callback-route.ts";
import type { Database } from "../../../../db/client.ts";
import type { IncomingMessage } from "../../../../services/domain/incoming.ts";
import { silentLog } from "../../../../services/log.ts";
import { messageStore } from "../../../../services/workflows/store-message.ts";
import { type Api, openApi } from "../../../support/api.ts";
import { fixedClock } from "../../../support/clock.ts";
import { testDatabase } from "../../../support/database.ts";

const TOKEN = "an-outgoing-token-of-enough-signs";
const SECRET = "a-secret-of-the-app";
const NOW = new Date("2026-11-25T09:00:00+08:00");
const HOUR = 3_600_000;

describe("a callback of 浙政钉's robot", () => {
  let database: Database;
  let api: Api;
  let url: string;
  let numbers = 0;

  beforeAll(async () => {
    ({ database } = await testDatabase());
    const store = messageStore(
      database,
      fixedClock(NOW.toISOString()),
      () => {},
      () => {},
    );
    const config = { outgoingToken: TOKEN, appSecret: SECRET };
    const receive = callbackReceiver({ config, store, log: silentLog, now: () => NOW });
    api = await openApi({ registerMore: (more) => callbackRoute(more, receive) }, database);
    await api.app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = api.app.server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}/channels/zhezhengding`;
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const stored = async (): Promise<IncomingMessage[]> =>
    (
      await database.rows<{ message: IncomingMessage }>(sql`select message from inbox order by id`)
    ).map((row) => row.message);
  const aMessage = (changes: object = {}) => ({
    msgId: `msg-${++numbers}`,
    msgtype: "text",
    text: { content: " 垃圾桶满了" },
    conversationId: "zz-nantang-1",
    conversationType: "2",
    conversationTitle: "南塘1网格群",
    senderId: "77000001",
    senderNick: "小周",
    createAt: NOW.getTime(),
    sessionWebhook: "https://attacker.example/robot",
    ...changes,
  });
  const post = (body: unknown, headers: Record<string, string> = { token: TOKEN }, query = "") =>
    fetch(url + query, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  it("is stored with the token in a header or in the address, signed or not, and a repeat once", async () => {
    const first = aMessage();
    const answer = await post(first);
    expect([answer.status, await answer.json()]).toEqual([200, { msgtype: "empty" }]);
    expect((await post(first)).status).toBe(200);
    expect((await post(aMessage(), {}, `?token=${TOKEN}`)).status).toBe(200);
    const timestamp = String(NOW.getTime() - 1_000);
    const sign = createHmac("sha256", SECRET).update(`${timestamp}\n${SECRET}`).digest("base64");
    const picture = aMessage({
      msgtype: "picture",
      content: { downloadCode: "c" },
      conversationType: "1",
    });
    expect((await post(picture, { token: TOKEN, timestamp, sign })).status).toBe(200);
    expect(await stored()).toMatchObject([
      {
        channel: "zhezhengding",
        conversation: { id: "zz-nantang-1", type: "group", title: "南塘1网格群" },
        sender: { platformUserId: "77000001" },
        text: "垃圾桶满了",
        // An address out of a message is never called.
        reply: null,
      },
      { text: "垃圾桶满了" },
      { conversation: { type: "private" }, attachments: [], unsupported: "图片" },
    ]);
  });

  it("is refused, with nothing stored, when it is forged, stale, incomplete or cut off", async () => {
    const before = (await stored()).length;
    const timestamp = String(NOW.getTime());
    const statuses = [
      await post(aMessage(), {}),
      await post(aMessage(), { token: "a-token-of-somebody-else-entirely" }),
      await post(aMessage(), { token: TOKEN.slice(0, -1) }),
      await post(aMessage(), { token: TOKEN, timestamp, sign: "bm90IG91cnM=" }),
      await post(aMessage(), { token: TOKEN, timestamp: String(NOW.getTime() - HOUR - 1) }),
      await post(aMessage(), { token: TOKEN, timestamp: "yesterday" }),
      await post(aMessage({ createAt: NOW.getTime() - HOUR - 1 })),
      await post(aMessage({ createAt: NOW.getTime() + HOUR + 1 })),
      await post(aMessage({ createAt: undefined })),
      await post(aMessage({ msgId: undefined })),
      await post(aMessage({ senderId: undefined })),
      await post(aMessage({ conversationId: "" })),
      await post(JSON.stringify(aMessage()).slice(0, -20)),
      await post("[]"),
    ].map(({ status }) => status);
    expect(statuses).toEqual([
      401, 401, 401, 401, 401, 401, 401, 401, 400, 400, 400, 400, 400, 400,
    ]);
    await cutOff(JSON.stringify(aMessage()));
    expect(await stored()).toHaveLength(before);
  });

  it("says what to do, and nothing of the secret", async () => {
    const answer = await post(aMessage(), { token: "x" });
    const body = await answer.json();
    expect(body).toMatchObject({
      code: "forgedCallback",
      detail: expect.stringContaining("ZWDD_OUTGOING_TOKEN"),
    });
    expect(JSON.stringify(body)).not.toContain(TOKEN);
  });

  /** The connection ends in the middle of the body. */
  async function cutOff(body: string): Promise<void> {
    const { port } = new URL(url);
    const socket = connect(Number(port), "127.0.0.1");
    await once(socket, "connect");
    socket.write(
      `POST /channels/zhezhengding HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\ntoken: ${TOKEN}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 60)}`,
    );
    socket.end();
    socket.resume();
    await once(socket, "close");
  }
});
