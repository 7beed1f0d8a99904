import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OutgoingMessage } from "../../../../bot/channels/channel.ts";
import { plainMarkdown } from "../../../../bot/channels/wecom/plain-markdown.ts";
import type { Database } from "../../../../db/client.ts";
import type { IncomingMessage } from "../../../../services/domain/incoming.ts";
import { emptyDatabase, testDatabase } from "../../../support/database.ts";
import { startWeCom, type WeCom } from "../../../support/tencent/wecom.ts";
import { openWeCom } from "../called-stage.ts";
import { pause, until } from "../dingtalk/open-channel.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000", "hex");
const QUICK = {
  openWithin: 1_000,
  heartbeatEvery: 100,
  firstRetry: 30,
  longestRetry: 200,
  kickedRetry: 400,
};

let database: Database;
let wecom: WeCom;
let opened: Awaited<ReturnType<typeof openWeCom>>[];
let stored: IncomingMessage[];
let keys = 0;

beforeAll(async () => {
  ({ database } = await testDatabase());
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(database);
  wecom = await startWeCom();
  opened = [];
  stored = [];
});
afterEach(async () => {
  for (const { channel, close } of opened) {
    await channel.stop();
    await close();
  }
  await wecom.stop();
});

const open = async (db = database, lead?: { renewEveryMs: number; leaseMs: number }) => {
  const one = await openWeCom(
    wecom,
    db,
    async (message) => {
      stored.push(message);
      return "stored";
    },
    { only: "bot", timings: QUICK, ...(lead === undefined ? {} : { lead }) },
  );
  opened.push(one);
  return one.channel;
};
const outgoing = (more: Partial<OutgoingMessage>): OutgoingMessage => ({
  key: `k${++keys}`,
  to: { type: "conversation", conversationId: "g1" },
  text: "已登记 SJ20261125-0001",
  reply: stored.at(-1)?.reply ?? null,
  mentions: [],
  priority: "direct",
  ...more,
});
const heard = async (count: number) => until(() => stored.length >= count, `${count} messages`);
const said = () => wecom.sent().map(({ via, text }) => [via, text]);

describe("the bot of 企业微信", () => {
  it("answers on the message once, then writes into the conversation, and nowhere it was not spoken to", async () => {
    const channel = await open();
    wecom.group("g1").says("zhang", "楼道灯坏了");
    await heard(1);
    expect(stored[0]).toMatchObject({
      channel: "wecom",
      text: "楼道灯坏了",
      conversation: { id: "g1", type: "group" },
      sender: { platformUserId: "zhang" },
    });
    expect((await channel.send(outgoing({}))).outcome).toBe("sent");
    const later = outgoing({ text: "已办结 [点我](http://evil.example)", mentions: ["zhang"] });
    expect((await channel.send(later)).outcome).toBe("sent");
    expect(said()).toEqual([
      ["stream", "已登记 SJ20261125-0001"],
      ["push", "已办结 ［点我］(http://evil.example)\n<@zhang>"],
    ]);
    const stranger = outgoing({ to: { type: "person", platformUserId: "li" }, reply: null });
    expect((await channel.send(stranger)).outcome).toBe("refused");
  });

  it("takes the other road when an answer is refused", async () => {
    const channel = await open();
    wecom.group("g1").says("zhang", "楼道灯坏了");
    await heard(1);
    wecom.bot.refuseNext(846608);
    expect((await channel.send(outgoing({}))).outcome).toBe("sent");
    expect(said()).toEqual([["push", "已登记 SJ20261125-0001"]]);
  });

  it("hears speech as words, text with pictures, and welcomes whoever opens the chat", async () => {
    const channel = await open();
    const from = { userid: "zhang" };
    wecom.bot.message(
      { chattype: "single", from, msgtype: "voice", voice: { content: "停水了" } },
      "zhang",
    );
    const sealed = wecom.bot.sealFile(PNG);
    const image = { url: wecom.putFile(sealed.bytes), aeskey: sealed.aeskey };
    const msg_item = [
      { msgtype: "text", text: { content: "井盖破了" } },
      { msgtype: "image", image },
    ];
    wecom.bot.message({ chattype: "single", from, msgtype: "mixed", mixed: { msg_item } }, "zhang");
    await heard(2);
    expect(stored.map((message) => message.text)).toEqual(["停水了", "井盖破了"]);
    const [picture] = stored[1]?.attachments ?? [];
    if (picture === undefined) throw new Error("the picture did not come along");
    const fetched = await channel.fetchAttachment?.(picture);
    expect(Buffer.from(fetched?.bytes ?? [])).toEqual(PNG);
    const elsewhere = { ...picture, ref: JSON.stringify({ ...image, url: "http://10.0.0.1/x" }) };
    await expect(channel.fetchAttachment?.(elsewhere)).rejects.toMatchObject({
      reason: "forbiddenHost",
    });
    wecom.bot.event("enter_chat", "li");
    await heard(3);
    expect(stored[2]).toMatchObject({ arrived: true, sender: { platformUserId: "li" } });
    await channel.send(outgoing({ to: { type: "person", platformUserId: "li" }, text: "您好" }));
    expect(said()).toEqual([["welcome", "您好"]]);
  });

  it("connects again without end, and by itself after another program took its place", async () => {
    const channel = await open();
    for (let n = 1; n <= 12; n += 1) {
      wecom.bot.drop();
      await until(() => wecom.bot.subscriptions() === n + 1, `connection ${n + 1}`);
    }
    await until(() => channel.health().state === "ready", "ready");
    // Somewhere else, where nobody knows of the lease.
    const other = await open({ ...database, engine: "pglite" });
    await until(() => channel.health().state === "down", "replaced");
    expect(channel.health().detail).toContain("another program");
    await other.stop();
    await until(() => channel.health().state === "ready", "back");
    expect(wecom.bot.connections()).toBe(1);
  });
});

describe("one connection of several processes", () => {
  /** PGlite belongs to one process and needs no lease; here it stands for a shared server. */
  const shared = () => ({ ...database, engine: "postgres" as const });
  const lead = { renewEveryMs: 50, leaseMs: 200 };

  it("is held by one, and by another when that one stops", async () => {
    const first = await open(shared(), lead);
    const second = await open(shared(), lead);
    expect([first.canSend?.(), second.canSend?.()]).toEqual([true, false]);
    expect(second.health().state).toBe("ready");
    await pause(300);
    expect(wecom.bot.subscriptions()).toBe(1);
    await first.stop();
    await until(() => second.canSend?.() === true, "the second leads");
    await until(() => wecom.bot.subscriptions() === 2, "the second connects");
  });

  it("is given up by who cannot reach the database, and taken over", async () => {
    let gone = false;
    const db = shared();
    const cut = {
      ...db,
      get orm() {
        if (gone) throw new Error("the database is gone");
        return db.orm;
      },
    };
    const first = await open(cut, lead);
    const second = await open(shared(), lead);
    expect(first.canSend?.()).toBe(true);
    gone = true;
    await until(() => first.canSend?.() === false, "the first gives up");
    await until(() => second.canSend?.() === true, "the second leads");
    await until(() => second.health().state === "ready", "the second is connected");
    expect(first.health().state).not.toBe("down");
  });
});

it("reads like what was written, and formats nothing", () => {
  const text = "# 一号楼\n- 东门 **急** a_b <@all> [x](y)\nhttps://yihu.example/login/a_b-c*d";
  expect(plainMarkdown(text)).toBe(
    "＃ 一号楼\n－ 东门 ＊＊急＊＊ a＿b ＜@all> ［x］(y)\nhttps://yihu.example/login/a_b-c*d",
  );
});
