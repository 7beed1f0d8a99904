import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StoreIncoming } from "../../../../bot/channels/channel.ts";
import {
  type Gateway,
  type StartOptions,
  startGateway,
} from "../../../support/dingtalk-gateway/gateway.ts";
import { type OpenedChannel, openChannel, pause, until } from "./open-channel.ts";

let gateway: Gateway;
let opened: OpenedChannel;

const begin = async (options: StartOptions = {}, how: Parameters<typeof openChannel>[1] = {}) => {
  gateway = await startGateway(options);
  opened = await openChannel(gateway, how);
  return opened;
};

afterEach(async () => {
  await opened.channel.stop();
  await gateway.stop();
});

describe("a message", () => {
  beforeEach(() => begin().then(() => {}));

  it("of a group is stored, then acknowledged", async () => {
    const delivery = await gateway.group("cid1", "南塘3网格群").says("resident-1", "垃圾桶满了");
    const ack = await delivery?.acked();
    expect(ack).toMatchObject({ code: 200, data: JSON.stringify({ response: "OK" }) });
    expect(opened.stored[0]).toMatchObject({
      channel: "dingtalk",
      dedupeKey: `dingyihutest:${delivery?.msgId}`,
      conversation: { id: "cid1", type: "group", title: "南塘3网格群" },
      sender: { platformUserId: "resident-1" },
      text: "垃圾桶满了",
      unsupported: null,
    });
    expect(opened.stored[0]?.reply?.url).toContain("/robot/sendBySession?session=");
  });

  it("is acknowledged within 50 ms", async () => {
    const person = gateway.person("u1");
    for (let number = 0; number < 50; number += 1)
      await (await person.says(`第${number}件`)).acked();
    const slowest = gateway
      .acks()
      .map((ack) => ack.afterMs)
      .sort((a, b) => a - b);
    expect(slowest[Math.floor(slowest.length * 0.9)]).toBeLessThan(50);
  });

  it("that does not mention the bot is not delivered, nor speech in groups", async () => {
    const group = gateway.group("cid1", "群");
    expect(await group.says("r", "吃了吗", { mentioning: false })).toBeNull();
    expect(await group.says("r", { audio: new Uint8Array([1]), recognition: "漏水" })).toBeNull();
  });

  it("of somebody outside the organisation can never be a person of people.csv", async () => {
    await (await gateway.person("zhangsan", { outsider: true }).says("垃圾")).acked();
    expect(opened.stored[0]?.sender.platformUserId).toBe("outsider:$:LWCP_v1:$zhangsan");
  });

  it.each([
    ["picture", { picture: new Uint8Array([1]) }, "", ["picture"]],
    [
      "rich text",
      { richText: ["东门", "\n", { picture: new Uint8Array([1]) }, "积水"] },
      "东门\n积水",
      ["picture"],
    ],
    ["audio", { audio: new Uint8Array([1]), recognition: "楼道灯坏了" }, "楼道灯坏了", ["audio"]],
    ["video", { video: new Uint8Array([1]) }, "", ["video"]],
    ["file", { file: new Uint8Array([1]), fileName: "名单.pdf" }, "", ["file"]],
    ["quoting", { quoting: "SJ20261123-0001 已办结", text: "根本没修" }, "根本没修", []],
  ] as const)("of type %s brings what was sent", async (_name, said, text, kinds) => {
    await (await gateway.person("u1").says(said)).acked();
    expect(opened.stored[0]).toMatchObject({ text, unsupported: null });
    expect(opened.stored[0]?.attachments.map((one) => one.kind)).toEqual(kinds);
  });

  it("of an unknown type is stored as unsupported", async () => {
    await (await gateway.person("u1").says({ unknown: "位置" })).acked();
    expect(opened.stored[0]).toMatchObject({ text: "", unsupported: "位置", attachments: [] });
  });

  it("without anything to recognise it by is acknowledged and counted, so that it ends", async () => {
    const delivery = await gateway.person("u1").says({ raw: { msgId: undefined, robotCode: "x" } });
    expect((await delivery.acked()).code).toBe(200);
    expect(opened.stored).toHaveLength(0);
    expect(opened.counted.get("dingtalk_frames_total malformed")).toBe(1);
  });

  it("of odd shape is stored with the frame, so that nothing is lost", async () => {
    const raw = { msgtype: "text", text: 7, content: [] };
    await (await gateway.person("u1").says({ raw })).acked();
    expect(opened.stored[0]?.unsupported).not.toBeNull();
    expect(opened.stored[0]?.raw).toContain('"text":7');
    expect(opened.stored[0]?.raw).not.toContain("sendBySession");
  });

  it("with a session webhook of a foreign host is stored without it", async () => {
    const raw = {
      msgtype: "text",
      text: { content: "hi" },
      sessionWebhook: "http://127.0.0.1:9/x",
    };
    await (await gateway.person("u1").says({ raw })).acked();
    expect(opened.stored[0]).toMatchObject({ text: "hi", reply: null });
  });
});

describe("the same message again", () => {
  it("is stored once though it comes as a duplicate in spite of its acknowledgement", async () => {
    await begin();
    const delivery = await gateway.person("u1").says("垃圾桶满了");
    await delivery.acked();
    await delivery.again();
    await delivery.acked(2_000, 2);
    expect(opened.stored).toHaveLength(1);
    expect(new Set(delivery.pushes.map((push) => push.messageId)).size).toBe(2);
    expect(opened.counted.get("dingtalk_frames_total seenBefore")).toBe(1);
  });

  it("waits for the first while that is being stored, and both are acknowledged", async () => {
    let storing = 0;
    let most = 0;
    let calls = 0;
    await begin(
      {},
      {
        store: async () => {
          calls += 1;
          storing += 1;
          most = Math.max(most, storing);
          await pause(150);
          storing -= 1;
          return "stored";
        },
      },
    );
    const delivery = await gateway.person("u1").says("垃圾桶满了");
    await delivery.again();
    await delivery.acked(2_000, 2);
    expect([calls, most]).toEqual([1, 1]);
  });

  it("comes with a new frame and perhaps on another connection after a dropped line", async () => {
    let fails = true;
    const stored: string[] = [];
    const store: StoreIncoming = async (message) => {
      if (fails) throw new Error("database is away");
      stored.push(message.dedupeKey);
      return "stored";
    };
    await begin({ redeliverAfterMs: 400 }, { store });
    const delivery = await gateway.person("u1").says("垃圾桶满了");
    await until(() => opened.counted.has("dingtalk_frames_total storeFailed"), "a failed store");
    gateway.stream.reset();
    fails = false;
    await delivery.acked();
    expect(stored).toHaveLength(1);
    expect(delivery.pushes).toHaveLength(2);
    expect(delivery.pushes[1]?.connectionId).not.toBe(delivery.pushes[0]?.connectionId);
  });
});

describe("a store that fails", () => {
  it("leaves the message without acknowledgement until its redelivery is stored", async () => {
    let tries = 0;
    await begin(
      { redeliverAfterMs: 300 },
      {
        store: async () => {
          tries += 1;
          if (tries === 1) throw new Error("database is away");
          return "stored";
        },
      },
    );
    const delivery = await gateway.person("u1").says("垃圾桶满了");
    await pause(150);
    expect(delivery.acks).toHaveLength(0);
    await delivery.acked();
    expect(tries).toBe(2);
    expect(delivery.pushes).toHaveLength(2);
  });

  it("is tried again by itself, because the platform promises no redelivery", async () => {
    let tries = 0;
    await begin(
      { redeliverAfterMs: null },
      {
        timings: { storeRetries: [50, 50, 50] },
        store: async () => {
          tries += 1;
          if (tries < 4) throw new Error("database is away");
          return "stored";
        },
      },
    );
    const delivery = await gateway.person("u1").says("垃圾桶满了");
    expect((await delivery.acked()).code).toBe(200);
    expect(tries).toBe(4);
  });

  it("is kept for as long as the database is away", async () => {
    let tries = 0;
    await begin(
      { redeliverAfterMs: null },
      {
        timings: { storeRetries: [], storeWhileAway: 20 },
        store: async () => {
          tries += 1;
          if (tries < 8)
            throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
          return "stored";
        },
      },
    );
    const delivery = await gateway.person("u1").says("垃圾桶满了");
    expect((await delivery.acked()).code).toBe(200);
    expect(tries).toBe(8);
  });

  it("does not hold up other messages", async () => {
    await begin(
      { redeliverAfterMs: null },
      {
        store: async (message) => {
          if (message.text === "坏") throw new Error("bad row");
          return "stored";
        },
      },
    );
    await gateway.person("u1").says("坏");
    await (await gateway.person("u1").says("好")).acked();
  });
});

it("stores and acknowledges what is under way when it is stopped", async () => {
  let stored = 0;
  await begin(
    { redeliverAfterMs: null },
    {
      store: async () => {
        await pause(200);
        stored += 1;
        return "stored";
      },
    },
  );
  const delivery = await gateway.person("u1").says("最后一件");
  await until(() => delivery.pushes.length === 1, "the push");
  await pause(30);
  await opened.channel.stop();
  expect(stored).toBe(1);
  expect(delivery.acks).toHaveLength(1);
});

it("takes a burst of 500 messages: each stored and acknowledged once", async () => {
  await begin({ redeliverAfterMs: null });
  const group = gateway.group("cid1", "群");
  const deliveries = await Promise.all(
    Array.from({ length: 500 }, (_, number) => group.says(`r${number % 50}`, `第${number}件`)),
  );
  await Promise.all(deliveries.map((delivery) => delivery?.acked(10_000)));
  expect(opened.stored).toHaveLength(500);
  expect(gateway.acks()).toHaveLength(500);
});
