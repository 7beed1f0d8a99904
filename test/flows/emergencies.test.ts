import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";
import {
  DISPATCHER,
  DISTRICT,
  GROUP,
  heard,
  inPrivate,
  listeners,
  NEIGHBOUR,
  owed,
  reported,
  statusOf,
  WORK,
} from "./town.ts";

describe("an emergency", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());

  it("is answered with the number to ring first, and raises the command room at once", async () => {
    const said = await chat.say(NEIGHBOUR, GROUP, "着火了着火了!学院公寓3幢5楼冒黑烟");
    const no = numberIn(said);
    expect(heard(said, GROUP)).toMatch(/^请立即拨打 119/);
    expect(listeners(said).sort()).toEqual(
      [GROUP, WORK, ...[DISPATCHER, "wangchao-dispatcher-2"].map(inPrivate)].sort(),
    );
    expect(heard(said, WORK)).toMatch(/🚨【紧急】.*火灾.*学院公寓3幢5楼/s);
    expect(await owed(chat, no)).toEqual(["accept SLQ-WC 11月25日09:05"]);
  });

  it("is not asked about: whatever its reporter says next reaches the command room", async () => {
    const no = numberIn(await chat.say(NEIGHBOUR, GROUP, "电梯里困住人了"));
    const where = await chat.say(NEIGHBOUR, GROUP, "3幢");
    expect(heard(where, WORK)).toContain(`${no} 电梯里困住人了(学院公寓3幢)`);
    expect((await chat.event(no)).row.placeRaw).toBe("学院公寓3幢");
    const who = await chat.say(NEIGHBOUR, GROUP, "还有老人在里面喘得厉害");
    expect(heard(who, WORK)).toContain("还有老人在里面喘得厉害");
    expect(await chat.say(NEIGHBOUR, GROUP, "谢谢")).toEqual([]);
  });

  it("is not the only danger: so is a manhole without its lid", async () => {
    const no = await reported(chat, "学院公寓3幢门口井盖没了,快来人");
    const more = await chat.say(NEIGHBOUR, GROUP, "小孩差点掉下去");
    expect(heard(more, WORK)).toContain("报事人补充:小孩差点掉下去");
    expect(heard(more, GROUP)).toBe(`已补充到 ${no}。`);
  });

  it("told by many is one event; each is answered, and the command room reads them all", async () => {
    const no = numberIn(await chat.say(NEIGHBOUR, GROUP, "着火了!学院公寓3幢冒黑烟"));
    const again = await chat.say("uncle-wang", GROUP, "3幢着火了快来人啊");
    expect(heard(again, GROUP)).toMatch(/^请立即拨打 119/);
    expect(numberIn(again)).toBe(no);
    expect(heard(again, WORK)).toContain("3幢着火了快来人啊");
    const elsewhere = await chat.say("miss-chen", GROUP, "着火了!学院公寓1幢厨房烧起来了");
    expect(numberIn(elsewhere)).not.toBe(no);
  });

  it("at home stays out of the group", async () => {
    const said = await chat.say(NEIGHBOUR, GROUP, "我老公又打我了 救命");
    expect(heard(said, GROUP)).toBe("");
    expect(heard(said, WORK)).toBe("");
    expect(heard(said, inPrivate(NEIGHBOUR))).toMatch(/110.*不会在群里出现/s);
    expect(heard(said, inPrivate(DISPATCHER))).toContain("🚨【紧急】");
  });

  it("comes before the question that was open", async () => {
    const draft = numberIn(await chat.say(NEIGHBOUR, GROUP, "垃圾桶满了没人倒"));
    const said = await chat.say(NEIGHBOUR, GROUP, "有人晕倒在楼下了");
    expect(heard(said, GROUP)).toMatch(/^请立即拨打 120/);
    expect(numberIn(said)).not.toBe(draft);
    // The draft is not forgotten for it.
    chat.clock.advance({ minutes: 10 });
    expect(heard(await chat.settle(), WORK)).toContain(`【待受理】${draft}`);
    expect(await statusOf(chat, draft)).toBe("pendingAccept");
  });

  it("is heard in a group that nobody registered; nothing else is", async () => {
    const said = await chat.say(NEIGHBOUR, "some-group", "有人溺水了");
    expect(heard(said, "some-group")).toMatch(/^请立即拨打 119 和 110/);
    expect(heard(said, inPrivate(DISTRICT))).toContain("🚨【紧急】");
    const more = await chat.say(NEIGHBOUR, "some-group", "在望潮桥下面");
    expect(heard(more, WORK)).toContain("望潮桥");

    const other = await chat.say("uncle-wang", "some-group", "垃圾桶满了");
    expect(heard(other, "some-group")).toContain("本群还没有登记到网格");
  });
});
