import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import {
  bring,
  DISPATCHER,
  GROUP,
  HANDLER,
  heard,
  inPrivate,
  listeners,
  NEIGHBOUR,
  refusals,
  reported,
  statusOf,
  WORK,
} from "./town.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const says = (text: string, who = NEIGHBOUR) => chat.say(who, GROUP, text);

describe("asking and urging", () => {
  it("lists the own events, or the one that the words name", async () => {
    const bin = await reported(chat, "学院公寓3幢楼下垃圾桶满了");
    const lamp = await reported(chat, "学院西路路灯不亮了");
    const all = heard(await says("我报的事咋样了"), GROUP);
    expect(all).toContain(bin);
    expect(all).toContain(lamp);
    const one = heard(await says("上礼拜报的路灯咋样了"), GROUP);
    expect(one).toContain(`${lamp} 学院西路路灯不亮了:待受理`);
    expect(one).not.toContain(bin);
  });

  it("passes urging on to whoever has it in hand", async () => {
    const no = await reported(chat);
    expect(heard(await says("怎么还没人来"), WORK)).toContain(`【催办】${no}`);
    await bring(chat, no, "handling");
    const urged = await says(`催一下 ${no}`);
    expect(heard(urged, inPrivate(HANDLER))).toContain(`【催办】${no}`);
    expect(heard(urged, GROUP)).toContain(`${no} 现在「办理中」,已替您催办`);
  });
});

describe("rating", () => {
  it("keeps the stars of a contented reporter, once", async () => {
    const no = await reported(chat);
    await bring(chat, no, "completed");
    expect(heard(await says("修好了 谢谢 五星"), GROUP)).toContain(
      `谢谢您的评价(5星),已记到 ${no}`,
    );
    expect(heard(await says("五星"), GROUP)).toContain("已经评价过");
    expect((await chat.event(no)).reporters[0]?.rating).toBe(5);
  });

  it("has nothing to rate before the work is done", async () => {
    const no = await reported(chat);
    expect(heard(await says("五星"), GROUP)).toContain(`${no} 现在是「待受理」,还不能评价`);
  });

  it("sends bad work back once by itself; the second time the command room decides", async () => {
    const no = await reported(chat);
    await bring(chat, no, "completed");
    const back = await says("根本没修");
    expect(heard(back, inPrivate(HANDLER))).toContain(`【重办】${no}`);
    expect(heard(back, WORK)).toContain(`【退回重办】${no}`);
    expect(await statusOf(chat, no)).toBe("handling");

    await chat.say(HANDLER, inPrivate(HANDLER), `办结 ${no} 又清了一次`);
    const again = await says("还是没清 差评");
    expect(heard(again, WORK)).toContain(`【仍不满意】${no}`);
    expect(heard(again, GROUP)).toContain("已请指挥室直接处理");
    expect(await statusOf(chat, no)).toBe("completed");

    // What the notice offers works, and the room that did it is not told of it a second time.
    const redone = await chat.say(DISPATCHER, WORK, `重办 ${no} 再去一次`);
    expect(redone.filter((one) => one.to === WORK)).toHaveLength(1);
    expect(await statusOf(chat, no)).toBe("handling");
  });

  it("may turn good once what was bad was done again", async () => {
    const no = await reported(chat);
    await bring(chat, no, "completed");
    await says("根本没修");
    await chat.say(HANDLER, inPrivate(HANDLER), `办结 ${no} 又清了一次`);
    expect(heard(await says("这次修好了 五星"), GROUP)).toContain("谢谢您的评价(5星)");
    expect((await chat.event(no)).reporters[0]?.rating).toBe(5);
  });

  it("opens an event again that was closed already", async () => {
    const no = await reported(chat);
    await bring(chat, no, "closed");
    await says("根本没修");
    expect(await statusOf(chat, no)).toBe("handling");
  });
});

describe("withdrawal", () => {
  it("is done at once while nobody was sent out", async () => {
    const no = await reported(chat);
    expect(heard(await says("算了不用了"), GROUP)).toContain(`${no} 已撤回`);
    expect(await statusOf(chat, no)).toBe("withdrawn");
  });

  it.each(["算了不用了", "撤回 NO"])(
    "asks the command room once somebody was: %s",
    async (words) => {
      const no = await reported(chat);
      await bring(chat, no, "assigned");
      const asked = await says(words.replace("NO", no));
      expect(heard(asked, GROUP)).toContain("撤回要指挥室确认");
      expect(heard(asked, WORK)).toContain(`同意请回「撤回 ${no}」`);
      expect(await statusOf(chat, no)).toBe("assigned");

      const agreed = await chat.say(DISPATCHER, WORK, `撤回 ${no}`);
      expect(await statusOf(chat, no)).toBe("withdrawn");
      expect(listeners(agreed).sort()).toEqual([inPrivate(HANDLER), GROUP, WORK].sort());
    },
  );

  it("by the first reporter leaves a neighbour who joined without a say", async () => {
    const no = await reported(chat, "学院公寓停水了");
    await says("我家也没水", "uncle-wang");
    await says(`撤回 ${no}`, "uncle-wang");
    expect(await statusOf(chat, no)).toBe("pendingAccept");
  });
});

describe("somebody else's number", () => {
  it("gives nothing away, changes nothing and is written down", async () => {
    const no = await reported(chat, "学院公寓3幢楼下垃圾桶满了");
    const before = (await chat.steps(no)).length;
    for (const words of [`查 ${no}`, `流程 ${no}`, `${no} 五星`, `撤回 ${no}`, `催一下 ${no}`]) {
      const answer = heard(await says(words, "stranger"), GROUP);
      expect(answer).toMatch(/不是您报的|您没有.*权限/);
      expect(answer).not.toMatch(/垃圾|3幢/);
    }
    expect((await chat.steps(no)).length).toBe(before);
    expect((await refusals(chat)).map(({ who, action, reason }) => [who, action, reason])).toEqual(
      ["status", "history", "rate", "withdraw", "urge"].map((action) => [
        "stranger",
        action,
        "noRight",
      ]),
    );
  });
});
