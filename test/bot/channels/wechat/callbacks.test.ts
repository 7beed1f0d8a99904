import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Channel, OutgoingMessage } from "../../../../bot/channels/channel.ts";
import type { Database } from "../../../../db/client.ts";
import { findContact } from "../../../../db/queries/contacts.ts";
import type { IncomingMessage } from "../../../../services/domain/incoming.ts";
import { emptyDatabase, testDatabase } from "../../../support/database.ts";
import { sealedCall, sha1, xmlOf } from "../../../support/tencent/sealing.ts";
import { postCallback } from "../../../support/tencent/server.ts";
import { startWeChat, type WeChat } from "../../../support/tencent/wechat.ts";
import { openWeChat } from "../called-stage.ts";

let database: Database;
let wechat: WeChat;
let channel: Channel;
let url: string;
let close: () => Promise<void>;
let stored: IncomingMessage[];

beforeAll(async () => {
  ({ database } = await testDatabase());
});
afterAll(() => database.close());

async function begin(
  how: { plain?: boolean; env?: Record<string, string>; answers?: string } = {},
): Promise<void> {
  await emptyDatabase(database);
  stored = [];
  wechat = await startWeChat(how.plain === undefined ? {} : { plain: how.plain });
  const opened = await openWeChat(
    wechat,
    database,
    async (message) => {
      const seen = stored.some((one) => one.dedupeKey === message.dedupeKey);
      if (!seen) stored.push(message);
      // The bot is fast: its answer comes while WeChat's call is open.
      if (!seen && how.answers !== undefined)
        setTimeout(() => void channel.send(answerTo(message, how.answers ?? "")), 10);
      return seen ? "seenBefore" : "stored";
    },
    { env: how.env ?? {} },
  );
  ({ channel, close } = opened);
  url = `${opened.url}/callbacks/wechat`;
}
afterEach(async () => {
  await channel.stop();
  await close();
  await wechat.stop();
});

const answerTo = (message: IncomingMessage, text: string): OutgoingMessage => ({
  key: `answer:${message.dedupeKey}`,
  to: { type: "person", platformUserId: message.sender.platformUserId },
  text,
  reply: message.reply,
  mentions: [],
  priority: "direct",
});
const xml = (more: Record<string, string | number> = {}) =>
  xmlOf({
    ToUserName: "gh_yihu",
    FromUserName: "oZhang",
    CreateTime: Math.floor(Date.now() / 1_000),
    MsgType: "text",
    Content: "垃圾桶满了",
    MsgId: 1,
    ...more,
  });

describe("an address that WeChat calls", () => {
  beforeEach(() => begin());

  it("proves to WeChat whose it is, and to nobody else", async () => {
    const query = { timestamp: "1411034505", nonce: "n", echostr: "4711" };
    const signature = sha1(wechat.keys.token, query.timestamp, query.nonce);
    const asked = await fetch(`${url}?${new URLSearchParams({ ...query, signature })}`);
    expect([asked.status, await asked.text()]).toEqual([200, "4711"]);
    const forged = await fetch(`${url}?${new URLSearchParams({ ...query, signature: "x" })}`);
    expect(forged.status).toBe(403);
  });

  it("does nothing with what is forged, stale, replayed, broken, plain or too big", async () => {
    const good = sealedCall(wechat.keys, xml());
    const { timestamp = "", nonce = "" } = good.query;
    const other = sealedCall({ ...wechat.keys, token: "guess" }, xml());
    const stranger = sealedCall({ ...wechat.keys, receiver: "wxother" }, xml());
    const stale = sealedCall(wechat.keys, xml(), Date.now() - 6 * 60_000);
    const cut = good.body.slice(0, good.body.length / 2);
    const inside = sealedCall(wechat.keys, xml().slice(0, -20));
    const entity = sealedCall(wechat.keys, `<!DOCTYPE x [<!ENTITY a "b">]>${xml()}`);
    const signature = sha1(wechat.keys.token, timestamp, nonce);
    const tries: [Record<string, string>, string, number][] = [
      [other.query, other.body, 403],
      [stranger.query, stranger.body, 403],
      [stale.query, stale.body, 403],
      [{ ...good.query, timestamp: String(Number(timestamp) + 1) }, good.body, 403],
      [{}, good.body, 403],
      [good.query, cut, 400],
      [inside.query, inside.body, 400],
      [entity.query, entity.body, 400],
      [good.query, "", 400],
      [{ signature, timestamp, nonce }, xml(), 403],
      [good.query, "x".repeat(70_000), 413],
    ];
    for (const [query, body, status] of tries)
      expect((await postCallback(url, query, body))?.status, body.slice(0, 60)).toBe(status);
    expect(stored).toEqual([]);
  });

  it("takes a call once, and not again over another body", async () => {
    const call = sealedCall(wechat.keys, xml());
    expect((await postCallback(url, call.query, call.body))?.status).toBe(200);
    expect((await postCallback(url, call.query, call.body))?.status).toBe(200);
    const changed = sealedCall(wechat.keys, xml({ Content: "别的", MsgId: 2 }));
    const { timestamp = "", nonce = "" } = call.query;
    const encrypt = /CDATA\[([^\]]{40,})\]/.exec(changed.body)?.[1] ?? "";
    const msg_signature = sha1(wechat.keys.token, timestamp, nonce, encrypt);
    const replayed = await postCallback(url, { ...call.query, msg_signature }, changed.body);
    expect(replayed?.status).toBe(403);
    expect(stored.map((message) => message.text)).toEqual(["垃圾桶满了"]);
  });
});

describe("what people send", () => {
  beforeEach(() => begin());
  const last = () => stored.at(-1);

  it("is text, speech with its words, a place, or said not to be understood", async () => {
    const zhang = wechat.follower("oZhang");
    await (await zhang.says({ voice: new Uint8Array([1]), recognition: "楼道灯坏了" })).answered;
    expect(last()).toMatchObject({
      text: "楼道灯坏了",
      attachments: [{ kind: "audio", transcript: "楼道灯坏了" }],
    });
    const location = { lng: 120.503, lat: 28.5075 };
    await (await zhang.says({ location, label: "南塘家园3幢" })).answered;
    expect(last()).toMatchObject({ text: "南塘家园3幢", location });
    await (await zhang.says({ link: "https://example.org" })).answered;
    expect(last()).toMatchObject({ text: "", unsupported: "链接" });
    await (await zhang.says("<b>&lt;</b> & 3幢")).answered;
    expect(last()).toMatchObject({ text: "<b>&lt;</b> & 3幢", unsupported: null });
  });

  it("is from the grid whose code they scanned", async () => {
    const zhang = wechat.follower("oZhang");
    await (await zhang.scans("grid:SLQ-WC-NT-1", { follows: true })).answered;
    expect(last()).toMatchObject({ arrived: true, text: "", gridCode: "SLQ-WC-NT-1" });
    await (await zhang.says("楼道灯坏了")).answered;
    expect(last()?.gridCode).toBe("SLQ-WC-NT-1");
    await (await zhang.scans("grid:SLQ-WC-NT-2")).answered;
    await (await zhang.says("楼道灯又坏了")).answered;
    expect(last()?.gridCode).toBe("SLQ-WC-NT-2");
    const before = stored.length;
    await (await zhang.scans("something-else")).answered;
    expect(stored).toHaveLength(before);
  });
});

describe("an answer", () => {
  it.each([true, false])(
    "that is fast goes back on WeChat's own call, once (plain: %s)",
    async (plain) => {
      await begin({ plain, answers: "已登记 SJ20261125-0001 <急>" });
      const push = await wechat.follower("oZhang").says("垃圾桶满了");
      expect((await push.answered)?.status).toBe(200);
      await (await push.again()).answered;
      expect(wechat.sent().map(({ via, text }) => [via, text])).toEqual([
        ["passive", "已登记 SJ20261125-0001 <急>"],
      ]);
      const account = { channel: "wechat", platformUserId: "oZhang" };
      expect(await findContact(database, account)).toMatchObject({ sent: 0 });
    },
  );
});

describe("whoever did not write for two days", () => {
  it("gets a template notice where there is one, of twenty signs", async () => {
    await begin({ env: { WECHAT_MP_TEMPLATE_ID: "template-1" } });
    await (await wechat.follower("oZhang").says("垃圾桶满了")).answered;
    wechat.closeWindows();
    const [message] = stored;
    if (message === undefined) throw new Error("nothing was stored");
    const result = await channel.send({
      ...answerTo(message, "您报的 SJ20261125-0001 已办结:已清运并冲洗路面"),
      key: "later",
      reply: null,
    });
    expect(result.outcome).toBe("sent");
    expect(wechat.sent().map((sent) => [sent.via, [...sent.text].length])).toEqual([
      ["template", 20],
    ]);
  });

  it("has nothing counted against them that did not go out, and a token that ended is renewed", async () => {
    await begin();
    await (await wechat.follower("oZhang").says("垃圾桶满了")).answered;
    wechat.revokeTokens();
    const [message] = stored;
    if (message === undefined) throw new Error("nothing was stored");
    expect((await channel.send({ ...answerTo(message, "好"), reply: null })).outcome).toBe("sent");
    wechat.unfollows("oZhang");
    await channel.send({ ...answerTo(message, "好"), key: "2", reply: null });
    const account = { channel: "wechat", platformUserId: "oZhang" };
    expect(await findContact(database, account)).toMatchObject({ sent: 1 });
  });
});
