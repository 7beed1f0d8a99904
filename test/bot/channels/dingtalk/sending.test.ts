import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SendResult } from "../../../../bot/channels/channel.ts";
import type { GroupChat } from "../../../support/dingtalk-gateway/chats.ts";
import { type Gateway, PATHS, startGateway } from "../../../support/dingtalk-gateway/gateway.ts";
import { anOutgoing, type OpenedChannel, openChannel } from "./open-channel.ts";

let gateway: Gateway;
let opened: OpenedChannel;
let group: GroupChat;

beforeEach(async () => {
  gateway = await startGateway();
  opened = await openChannel(gateway);
  group = gateway.group("cid1", "南塘3网格群");
});

afterEach(async () => {
  await opened.channel.stop();
  await gateway.stop();
});

/** The session webhook that a message of this resident opens. */
async function replyTo(text: string) {
  const delivery = await group.says("resident-1", text);
  await delivery?.acked();
  return opened.stored.at(-1)?.reply ?? null;
}
const send = (message: Parameters<typeof anOutgoing>[0]) =>
  opened.channel.send(anOutgoing(message));
const vias = () => gateway.sent().map((sent) => sent.via);
const calls = (path: string) => gateway.calls().filter((call) => call.path === path).length;
const outcome = (result: SendResult) => result.outcome;

describe("an answer", () => {
  it("takes the session webhook while it is open, and costs no call of the OpenAPI", async () => {
    const reply = await replyTo("垃圾桶满了");
    expect(await send({ text: "已登记 SJ20261123-0001", reply })).toEqual({
      outcome: "sent",
      platformMessageId: null,
    });
    await group.hears(/SJ20261123-0001/);
    expect(vias()).toEqual(["sessionWebhook"]);
    expect(calls(PATHS.token)).toBe(0);
  });

  it("mentions people so that it shines", async () => {
    const reply = await replyTo("垃圾桶满了");
    await send({ text: "请 @u7 签收", reply, mentions: ["u7", "u8", "outsider:x"] });
    expect(gateway.sent()[0]).toMatchObject({ text: "请 @u7 签收\n@u8", mentions: ["u7", "u8"] });
  });

  it.each(["# 一号楼", "- 东门\n- 西门", "**急**", "1. 先断电", "> 引用", "a_b_c*d"])(
    "that looks like formatting arrives letter for letter: %s",
    async (text) => {
      const reply = await replyTo("垃圾桶满了");
      await send({ text, reply });
      await send({ text });
      expect(gateway.sent().map((sent) => sent.text)).toEqual([text, text]);
    },
  );

  it("falls back to the robot's API when the webhook expired, by its date or by 300001", async () => {
    const reply = await replyTo("垃圾桶满了");
    if (reply === null) throw new Error("no reply");
    await send({ reply: { ...reply, expiresAt: new Date(Date.now() + 3_000) } });
    expect(calls(PATHS.sessionWebhook)).toBe(0);
    gateway.expireWebhooks();
    await send({ reply });
    await send({ reply, to: { type: "person", platformUserId: "resident-1" } });
    expect(vias()).toEqual(["groupSend", "groupSend", "privateSend"]);
    expect(calls(PATHS.sessionWebhook)).toBe(2);
  });

  it("never goes to a webhook of a foreign host", async () => {
    const reply = {
      url: "http://127.0.0.1:9/robot/sendBySession",
      expiresAt: new Date(Date.now() + 1e7),
    };
    expect(outcome(await send({ reply }))).toBe("sent");
    expect(vias()).toEqual(["groupSend"]);
  });

  it("is tried again later when nobody can tell whether it was sent", async () => {
    const reply = await replyTo("垃圾桶满了");
    for (const fault of ["timeout", "reset", "busy", "html"] as const) {
      gateway.faults.next(PATHS.sessionWebhook, fault);
      expect(outcome(await send({ reply, priority: "direct" }))).toBe("retry");
    }
    expect(gateway.sent()).toHaveLength(0);
  });

  it.each(["busy", "timeout", "html"] as const)(
    "does not wait in an emergency: the other road is taken at once (%s)",
    async (fault) => {
      const reply = await replyTo("着火了");
      gateway.faults.next(PATHS.sessionWebhook, fault);
      expect(outcome(await send({ reply, priority: "emergency", text: "请马上打119" }))).toBe(
        "sent",
      );
      expect(vias()).toEqual(["groupSend"]);
    },
  );

  it("takes the other road when its conversation is full, unless it is a notice", async () => {
    const reply = await replyTo("垃圾桶满了");
    const full = { status: 200, body: { errcode: 130101, errmsg: "send too fast" } };
    gateway.faults.next(PATHS.sessionWebhook, full, 2);
    expect(outcome(await send({ reply, priority: "direct" }))).toBe("sent");
    expect(vias()).toEqual(["groupSend"]);
    expect(await send({ reply })).toMatchObject({ outcome: "retry", retryAt: expect.any(Date) });
  });
});

describe("a message without being spoken to", () => {
  it("reaches a group and a person, and counts every call", async () => {
    const sent = await send({});
    expect(sent).toMatchObject({ outcome: "sent", platformMessageId: expect.any(String) });
    await send({ to: { type: "person", platformUserId: "wangwei" }, text: "请签收" });
    await group.hears("SJ20261123-0001");
    await gateway.person("wangwei").hears("请签收");
    expect(opened.counted.get("dingtalk_api_calls_total groupMessages/send ok")).toBe(1);
    expect(opened.counted.get("dingtalk_api_calls_total oToMessages/batchSend ok")).toBe(1);
    expect(opened.counted.get("dingtalk_api_calls_total accessToken ok")).toBe(1);
  });

  it("to an outsider is refused with the reason", async () => {
    const to = { type: "person", platformUserId: "outsider:$:LWCP_v1:$x" } as const;
    expect(await send({ to })).toMatchObject({
      outcome: "refused",
      reason: /outside the organisation/,
    });
    expect(calls(PATHS.privateSend)).toBe(0);
  });

  it("to somebody who left, or to an unknown group, is refused; to somebody held back, later", async () => {
    gateway.leaves("lisi");
    gateway.holdsBack("zhaoliu");
    const person = (platformUserId: string) => send({ to: { type: "person", platformUserId } });
    expect(await person("lisi")).toMatchObject({ outcome: "refused", reason: /people.csv/ });
    expect(await person("zhaoliu")).toMatchObject({ outcome: "retry", retryAt: expect.any(Date) });
    const to = { type: "conversation", conversationId: "cidnowhere" } as const;
    expect(outcome(await send({ to }))).toBe("refused");
    expect(outcome(await send({ text: "  " }))).toBe("refused");
  });

  it("that is too long is cut at a line and says so", async () => {
    const text = Array.from({ length: 600 }, (_, line) => `${line} 号楼 "垃圾" 满了`).join("\n");
    expect(outcome(await send({ text }))).toBe("sent");
    expect(gateway.sent()[0]?.text).toMatch(/满了\n……\(内容太长,后面还有\d+字没有发出\)$/);
  });

  it("is tried again, with the moment, when DingTalk limits calls", async () => {
    gateway.faults.next(PATHS.groupSend, "qps");
    const result = await send({});
    expect(result).toMatchObject({ outcome: "retry", retryAt: expect.any(Date) });
    if (result.outcome === "retry") {
      expect((result.retryAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(800);
    }
  });
});

describe("the access token", () => {
  it("is asked for once for many messages at the same time", async () => {
    await Promise.all(Array.from({ length: 10 }, () => send({})));
    expect(gateway.sent()).toHaveLength(10);
    expect(calls(PATHS.token)).toBe(1);
  });

  it("that was revoked is asked for anew, once", async () => {
    await send({});
    gateway.revokeTokens();
    expect(outcome(await send({}))).toBe("sent");
    expect(calls(PATHS.token)).toBe(2);
  });

  it("that is refused again and again ends in a retry, not in a loop", async () => {
    gateway.faults.always(PATHS.groupSend, "unauthorized");
    expect(outcome(await send({}))).toBe("retry");
    expect(calls(PATHS.groupSend)).toBe(2);
  });

  it("that cannot be had says which settings to check", async () => {
    gateway.faults.next(PATHS.token, { status: 400, body: { code: "invalidClientIdOrSecret" } });
    expect(await send({})).toMatchObject({ outcome: "retry", reason: /DINGTALK_CLIENT_SECRET/ });
  });
});

describe("20 messages a minute for each conversation", () => {
  it("hold notices back with the moment to try again; others and other conversations pass", async () => {
    gateway.group("cid2", "另一群");
    const results = [];
    for (let number = 0; number < 23; number += 1)
      results.push(await send({ reply: await lasting() }));
    expect(results.slice(0, 20).map(outcome)).toEqual(Array(20).fill("sent"));
    const waits = results
      .slice(20)
      .map((result) =>
        result.outcome === "retry" ? (result.retryAt?.getTime() ?? 0) - Date.now() : 0,
      );
    expect(waits.every((wait) => wait > 0 && wait <= 9_000)).toBe(true);
    // Spread out, not all at the same moment.
    expect((waits[2] ?? 0) - (waits[1] ?? 0)).toBeGreaterThan(2_000);
    const to = { type: "conversation", conversationId: "cid2" } as const;
    expect(outcome(await send({ to }))).toBe("sent");
    expect(outcome(await send({ priority: "direct", reply: await lasting() }))).toBe("sent");
    const before = Date.now();
    expect(outcome(await send({ priority: "emergency", reply: await lasting() }))).toBe("sent");
    expect(Date.now() - before).toBeLessThan(1_000);
  });

  let kept: Awaited<ReturnType<typeof replyTo>> = null;
  beforeEach(() => {
    kept = null;
  });
  const lasting = async () => {
    kept ??= await replyTo("垃圾桶满了");
    return kept;
  };

  it("are read from the settings", async () => {
    const generous = await openChannel(gateway, {
      messagesPerMinute: 600,
      timings: { callWithin: 20_000 },
      start: false,
    });
    const reply = await replyTo("垃圾桶满了");
    const sends = Array.from({ length: 100 }, () => generous.channel.send(anOutgoing({ reply })));
    expect((await Promise.all(sends)).every((result) => result.outcome === "sent")).toBe(true);
  });
});

it("keeps to 20 calls a second of one API, so that the platform never has to refuse", async () => {
  const people = Array.from({ length: 40 }, (_, number) => `p${number}`);
  const results = await Promise.all(
    people.map((platformUserId) =>
      send({ to: { type: "person", platformUserId }, priority: "direct" }),
    ),
  );
  const retried = results.filter((result) => result.outcome === "retry");
  expect(retried.length).toBeGreaterThan(0);
  expect(
    retried.every((result) => result.outcome === "retry" && result.retryAt !== undefined),
  ).toBe(true);
  expect(opened.counted.has("dingtalk_api_calls_total oToMessages/batchSend limited")).toBe(false);
});
