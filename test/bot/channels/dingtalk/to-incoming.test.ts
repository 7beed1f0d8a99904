import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toIncoming } from "../../../../bot/channels/dingtalk/to-incoming.ts";

const RECEIVED = new Date("2026-11-23T01:00:00Z");

/** A text message in a group, as DingTalk sends it. */
const FRAME = {
  conversationId: "cid1",
  conversationType: "2",
  conversationTitle: "南塘3网格群",
  chatbotUserId: "$:LWCP_v1:$robot",
  robotCode: "dingyihu",
  msgId: "msg1",
  msgtype: "text",
  text: { content: " 垃圾桶满了" },
  senderId: "$:LWCP_v1:$abc",
  senderStaffId: "wangwei",
  senderNick: "王伟",
  atUsers: [{ dingtalkId: "$:LWCP_v1:$robot" }],
  isInAtList: true,
  createAt: 1_763_859_600_000,
  sessionWebhook: "https://oapi.dingtalk.com/robot/sendBySession?session=s",
  sessionWebhookExpiredTime: 1_763_865_000_000,
};

const read = (changes: Record<string, unknown> = {}) =>
  toIncoming(JSON.stringify({ ...FRAME, ...changes }), RECEIVED);

function message(changes: Record<string, unknown> = {}) {
  const incoming = read(changes);
  if (!incoming.ok) throw new Error(incoming.problem);
  return incoming.message;
}

describe("what was said", () => {
  it("is the typed text without the blank that the mention leaves", () => {
    expect(message()).toEqual({
      channel: "dingtalk",
      dedupeKey: "dingyihu:msg1",
      conversation: { id: "cid1", type: "group", title: "南塘3网格群" },
      sender: { platformUserId: "wangwei", nick: "王伟" },
      sentAt: new Date(1_763_859_600_000),
      text: "垃圾桶满了",
      attachments: [],
      location: null,
      reply: { url: FRAME.sessionWebhook, expiresAt: new Date(1_763_865_000_000) },
      unsupported: null,
      source: null,
      onBehalfOf: null,
      placeHint: null,
    });
  });

  it.each([
    ["@一呼\u2005受理 SJ20261123-0001", "受理 SJ20261123-0001"],
    ["@$:LWCP_v1:$robot 帮助", "帮助"],
    ["@一呼", ""],
    ["东门@李四家积水", "东门@李四家积水"],
  ])("has no mention of the bot: %s", (content, text) => {
    expect(message({ text: { content } }).text).toBe(text);
  });

  it("keeps mentions of other people, and every mention in private", () => {
    const others = [{ dingtalkId: "$:LWCP_v1:$robot" }, { dingtalkId: "$:LWCP_v1:$lisi" }];
    const content = "@李四 你来看看";
    expect(message({ text: { content }, atUsers: others }).text).toBe(content);
    expect(message({ text: { content }, conversationType: "1" }).text).toBe(content);
  });

  it("is what the sender typed, not what was quoted", () => {
    const repliedMsg = { msgType: "text", content: { text: "SJ20261123-0001 已办结" } };
    const text = { content: "根本没修", isReplyMsg: true, repliedMsg };
    expect(message({ text, originalMsgId: "msg0" }).text).toBe("根本没修");
  });

  it("survives half surrogates, NUL and other control characters", () => {
    const content = "灯\u0000坏\ud83d了\r\n东\u0007门😀\t5号";
    const { text } = message({ text: { content } });
    expect(text).toBe("灯坏\ufffd了\n东门😀\t5号");
    expect(Buffer.from(text).toString()).toBe(text);
  });

  it("is the recognised speech of a voice message", () => {
    const content = { downloadCode: "code1", duration: 3_000, recognition: "楼道灯坏了" };
    expect(message({ msgtype: "audio", text: undefined, content })).toMatchObject({
      text: "楼道灯坏了",
      attachments: [{ kind: "audio", ref: "code1", fileName: null, transcript: "楼道灯坏了" }],
    });
  });

  it("keeps text and pictures of rich text in their order", () => {
    const richText = [
      { text: "东门" },
      { text: "\n" },
      { type: "picture", downloadCode: "a" },
      { text: "积水" },
      { type: "picture", pictureDownloadCode: "b" },
      { type: "emoji" },
      "odd",
    ];
    const rich = message({ msgtype: "richText", text: undefined, content: { richText } });
    expect(rich.text).toBe("东门\n积水");
    expect(rich.attachments.map((one) => one.ref)).toEqual(["a", "b"]);
    expect(rich.unsupported).toBeNull();
  });

  it("reads content that comes as JSON text", () => {
    const content = JSON.stringify({ downloadCode: "code1", fileName: "名单.pdf" });
    expect(message({ msgtype: "file", text: undefined, content }).attachments[0]).toMatchObject({
      kind: "file",
      ref: "code1",
      fileName: "名单.pdf",
    });
  });
});

describe("what the product does not know", () => {
  it.each([
    ["unknownMsgType", { content: { unknownMsgType: "位置消息" } }, "位置消息"],
    ["interactiveCard", {}, "卡片"],
    ["chatRecord", {}, "聊天记录"],
    ["somethingNew", {}, "这种消息"],
  ])("%s is unsupported and nothing else is lost", (msgtype, more, unsupported) => {
    expect(message({ msgtype, text: undefined, ...more })).toMatchObject({
      unsupported,
      text: "",
      conversation: { id: "cid1" },
      reply: { url: FRAME.sessionWebhook },
    });
  });

  it("a message whose body the quota ate is unsupported, not an error", () => {
    const quota = { text: undefined, errorMessage: "quota exhausted", errorCode: 20001 };
    const incoming = read(quota);
    expect(incoming).toMatchObject({ ok: true, problem: /platform reports an error/ });
    expect(message(quota).unsupported).toBe("没有内容的消息");
  });

  it.each([
    ["text without words", { text: undefined }],
    ["words that are a number", { text: { content: 7 } }],
    ["a picture without code", { msgtype: "picture", content: {} }],
    ["rich text that is no list", { msgtype: "richText", content: { richText: "x" } }],
    ["no type at all", { msgtype: undefined, text: undefined }],
  ])("%s is kept with its frame, without the webhook", (_name, changes) => {
    const kept = message(changes);
    expect(kept.unsupported).not.toBeNull();
    expect(kept.raw).toContain("msg1");
    expect(kept.raw).not.toContain("sendBySession");
    expect((read(changes) as { problem: string }).problem).not.toContain("王伟");
  });

  it("text without a type is read as text", () => {
    expect(message({ msgtype: undefined })).toMatchObject({
      text: "垃圾桶满了",
      unsupported: null,
    });
  });
});

describe("who and where", () => {
  it.each([undefined, "", "  ", null, "outsider:x", "a b"])(
    "a sender with the staff id %j is an outsider and can be bound to nobody",
    (senderStaffId) => {
      expect(message({ senderStaffId }).sender.platformUserId).toBe("outsider:$:LWCP_v1:$abc");
    },
  );

  it("two senders without any id are two people", () => {
    const nobody = { senderStaffId: undefined, senderId: undefined };
    const first = message({ ...nobody, msgId: "m1" }).sender.platformUserId;
    const second = message({ ...nobody, msgId: "m2" }).sender.platformUserId;
    expect(first).not.toBe(second);
    expect(first).toMatch(/^outsider:/);
  });

  it("a conversation of unknown kind is guarded like a group", () => {
    expect(message({ conversationType: undefined }).conversation.type).toBe("group");
    expect(message({ conversationType: "1" }).conversation.type).toBe("private");
    expect(message({ conversationId: undefined }).conversation.id).toBe("unknown:msg1");
  });
});

describe("when", () => {
  it.each([1_763_859_600_000, "1763859600000"])("reads createAt %j", (createAt) => {
    expect(message({ createAt }).sentAt).toEqual(new Date(1_763_859_600_000));
  });

  it.each([undefined, "yesterday", -1, 1e300, "9".repeat(16), null])(
    "takes the time of arrival for createAt %j",
    (createAt) => {
      expect(message({ createAt }).sentAt).toEqual(RECEIVED);
    },
  );

  it("gives a webhook without an end 90 minutes", () => {
    expect(message({ sessionWebhookExpiredTime: undefined }).reply?.expiresAt).toEqual(
      new Date(FRAME.createAt + 5_400_000),
    );
  });
});

describe("what cannot be recognised when it comes again", () => {
  it.each([
    "",
    "不是JSON",
    "null",
    "[]",
    "7",
    '"x"',
    "{}",
    '{"msgId":""}',
    '{"msgId":{}}',
    undefined,
  ])("%j is refused with a problem", (data) => {
    expect(toIncoming(data, RECEIVED)).toMatchObject({ ok: false, problem: expect.any(String) });
  });

  it("so is an id that no index could hold", () => {
    expect(read({ msgId: "x".repeat(3_000) }).ok).toBe(false);
  });
});

describe("whatever arrives", () => {
  it("never throws and never invents: any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (data) => {
        const incoming = toIncoming(data, RECEIVED);
        expect(typeof incoming.ok).toBe("boolean");
      }),
    );
  });

  it("gives a message that every database can hold: any fields", () => {
    const anything = fc.anything({ withNullPrototype: false, withBigInt: false, maxDepth: 3 });
    const odd = fc.record(
      Object.fromEntries(
        [...Object.keys(FRAME), "content", "errorMessage"].map((name) => [
          name,
          fc.oneof(anything, fc.string({ unit: "binary" })),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(odd, (changes) => {
        const data = JSON.stringify({ ...FRAME, ...changes, msgId: "msg1" });
        const incoming = toIncoming(data, RECEIVED);
        if (!incoming.ok) throw new Error(incoming.problem);
        const { sentAt, sender, conversation, dedupeKey, reply } = incoming.message;
        expect(Number.isFinite(sentAt.getTime())).toBe(true);
        expect(sender.platformUserId).not.toBe("");
        expect(conversation.id).not.toBe("");
        expect(dedupeKey).toMatch(/:msg1$/);
        // The webhook's address is rewritten or dropped by the guard.
        for (const text of stringsOf({ ...incoming.message, reply: null })) {
          expect(text).not.toMatch(/\u0000|\p{Surrogate}/u);
        }
        if (reply !== null) expect(Number.isFinite(reply.expiresAt.getTime())).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}
