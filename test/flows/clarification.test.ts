import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";
import { GROUP, heard, inPrivate, NEIGHBOUR, owed, statusOf, WORK } from "./town.ts";

const NO_PLACE = "垃圾桶满了没人倒";

describe("a report without a place", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());
  const says = (text: string) => chat.say(NEIGHBOUR, GROUP, text);

  it("is asked about once, in one message with the receipt, and goes on with the answer", async () => {
    const receipt = await says(NO_PLACE);
    const no = numberIn(receipt);
    expect(receipt).toHaveLength(1);
    expect(receipt[0]?.text).toMatch(/已登记.*\n.*还差一个地点/s);
    expect(await statusOf(chat, no)).toBe("draft");

    const answered = await says("3幢");
    expect(heard(answered, GROUP)).toContain(`${no} 的地点记为「学院公寓3幢」`);
    expect(heard(answered, WORK)).toMatch(
      /【待受理】.*垃圾桶满溢 · 建议一级\(网格\) · 学院公寓3幢/s,
    );
    expect(await statusOf(chat, no)).toBe("pendingAccept");
  });

  it("gets a second question after a useless answer, and a person after another", async () => {
    const no = numberIn(await says(NO_PLACE));
    expect(heard(await says("不知道"), GROUP)).toContain(`${no} 我还没听懂在哪里`);
    const handedOver = await says("就那边");
    expect(heard(handedOver, GROUP)).toContain("已转指挥室,工作人员会联系您核实");
    expect(heard(handedOver, WORK)).toMatch(/【待受理】.*地点未填/s);
    expect(await statusOf(chat, no)).toBe("pendingAccept");
    // The dialog is over: what follows is talk again.
    expect(await says("不知道")).toEqual([]);
  });

  it("is not pressed for an answer by a thank-you", async () => {
    const no = numberIn(await says(NO_PLACE));
    expect(await says("谢谢")).toEqual([]);
    expect(heard(await says("3幢"), GROUP)).toContain(`${no} 的地点记为`);
  });

  it("keeps its question open while its reporter tells of something else", async () => {
    const no = numberIn(await says(NO_PLACE));
    const other = numberIn(await says("学院西路路灯不亮了"));
    expect(other).not.toBe(no);
    expect(heard(await says("学院公寓2幢"), GROUP)).toContain(`${no} 的地点记为「学院公寓2幢」`);
    expect(await statusOf(chat, other)).toBe("pendingAccept");
  });

  it("goes to the command room after ten minutes of silence, and not before", async () => {
    const no = numberIn(await says(NO_PLACE));
    chat.clock.advance({ minutes: 9 });
    expect(await chat.settle()).toEqual([]);
    chat.clock.advance({ minutes: 1 });
    expect(heard(await chat.settle(), WORK)).toContain(`【待受理】${no}`);

    // Whoever answers late is still understood.
    const late = await says("学院公寓2幢");
    expect(heard(late, GROUP)).toContain("地点为「学院公寓2幢」");
    expect(heard(late, WORK)).toContain("学院公寓2幢");
    expect((await chat.event(no)).row.placeRaw).toBe("学院公寓2幢");
  });

  it("comes to the street that its answer names, not to the district", async () => {
    const receipt = await chat.say("uncle-wang", inPrivate("uncle-wang"), NO_PLACE);
    const no = numberIn(receipt);
    expect(await owed(chat, no)).toEqual(["accept SLQ 11月25日11:00"]);
    const answered = await chat.say("uncle-wang", inPrivate("uncle-wang"), "河滨花园3幢");
    expect(heard(answered, WORK)).toContain(`【待受理】${no}`);
    expect((await chat.event(no)).row).toMatchObject({
      streetCode: "SLQ-WC",
      gridCode: "SLQ-WC-HB-1",
    });
    // The clock of accepting began with the report.
    expect(await owed(chat, no)).toEqual(["accept SLQ-WC 11月25日11:00"]);
  });

  it.each(["2", "第二个", "小白鸽那个"])(
    "is asked which of two places of one name is meant, and hears 「%s」",
    async (pick) => {
      const asked = await chat.say(NEIGHBOUR, "liuan-2", "幼儿园门口垃圾桶满了没人倒");
      expect(heard(asked, "liuan-2")).toMatch(/1\. 柳岸新村幼儿园\n2\. 小白鸽幼儿园/);
      const picked = await chat.say(NEIGHBOUR, "liuan-2", pick);
      expect(heard(picked, "liuan-2")).toContain("的地点记为「小白鸽幼儿园」");
      expect((await chat.event(numberIn(asked))).row.addressCode).toBe("DZ0103");
    },
  );

  it("asks what happened when only a picture and a place were sent", async () => {
    const picture = { kind: "picture", ref: "p", fileName: null, transcript: null } as const;
    const asked = await chat.say(NEIGHBOUR, GROUP, "学院公寓3幢", { attachments: [picture] });
    const no = numberIn(asked);
    expect(heard(asked, GROUP)).toContain("是什么情况");
    const told = await says("路灯不亮了");
    expect(heard(told, GROUP)).toContain(`${no} 记为「学院公寓3幢路灯不亮了」`);
    expect(heard(told, WORK)).toMatch(/路灯不亮 · 建议二级\(村社\) · 学院公寓3幢/);
    expect((await chat.event(no)).row).toMatchObject({
      status: "pendingAccept",
      category: "facility.streetlight",
      level: 2,
      placeRaw: "学院公寓3幢",
    });
  });
});
