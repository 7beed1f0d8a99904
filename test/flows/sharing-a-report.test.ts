import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";

const GROUP = "nantang-3";
const WORK = "wangchao-work";
const DISPATCHER = "wangchao-dispatcher-1";

describe("a report that neighbours share", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());

  it("goes on for the neighbours when its first reporter withdraws", async () => {
    const no = numberIn(await chat.say("auntie-li", GROUP, "我们这里家里没水了"));
    await chat.say("old-zhou", GROUP, "我家也没水");
    const left = await chat.say("auntie-li", GROUP, "算了不用了");
    expect(left.map((said) => said.text).join()).toContain("邻居们还在等");
    expect(await chat.event(no)).toMatchObject({
      row: { status: "pendingAccept", reporterCount: 1 },
      reporters: [{ platformUserId: "old-zhou", first: true }],
    });
    await chat.say("old-zhou", GROUP, "算了不用了");
    expect((await chat.event(no)).row.status).toBe("withdrawn");
  });

  it("does not make one case of two people in danger", async () => {
    const first = numberIn(await chat.say("auntie-li", GROUP, "我爸摔倒了起不来 流了好多血"));
    const second = numberIn(await chat.say("old-zhou", GROUP, "有人晕倒了 快来人"));
    expect(second).not.toBe(first);
  });

  it("still makes one case of one fire that everybody sees", async () => {
    const first = numberIn(await chat.say("auntie-li", GROUP, "着火了!学院公寓3幢冒黑烟"));
    expect(numberIn(await chat.say("old-zhou", GROUP, "着火了着火了 好大的烟"))).toBe(first);
  });
});

describe("what officials say in short", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  afterAll(() => chat.close());

  it("means the event whose number ends like that", async () => {
    await chat.say("auntie-li", GROUP, "学院公寓1幢楼下垃圾桶满了");
    const second = numberIn(await chat.say("old-zhou", GROUP, "学院西路公交站的路灯不亮了"));
    await chat.say(DISPATCHER, WORK, `受理 ${second.slice(-4)}`);
    expect((await chat.event(second)).row.status).toBe("accepted");
  });

  it("is refused to whoever has no right, before any question about names", async () => {
    const no = numberIn(await chat.say("auntie-li", GROUP, "学院公寓2幢楼下垃圾桶满了"));
    const said = await chat.say("auntie-li", GROUP, `交办 ${no} 给环卫所`);
    expect(said.map((one) => one.text).join()).toContain("您没有交办权限");
  });
});
