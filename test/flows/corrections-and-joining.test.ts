import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";
import {
  bring,
  GROUP,
  HANDLER,
  heard,
  inPrivate,
  NEIGHBOUR,
  owed,
  reported,
  WORK,
} from "./town.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());

describe("a correction", () => {
  it("changes the building and keeps the rest of the place", async () => {
    const no = await reported(chat, "学院公寓3幢楼下垃圾桶满了");
    const corrected = await chat.say(NEIGHBOUR, GROUP, "说错了是4幢");
    expect(heard(corrected, GROUP)).toContain(`已更正 ${no}:地点为「学院公寓4幢楼下」`);
    expect(heard(corrected, WORK)).toContain("学院公寓3幢楼下 → 学院公寓4幢楼下");
  });

  it("reaches whoever works on it by then", async () => {
    const no = await reported(chat);
    await bring(chat, no, "handling");
    const corrected = await chat.say(NEIGHBOUR, GROUP, "说错了是4幢");
    expect(heard(corrected, inPrivate(HANDLER))).toContain("请按新的办");
    expect(heard(corrected, WORK)).toBe("");
  });

  it("hands the event to the other street when the place lies there", async () => {
    const no = await reported(
      chat,
      "学院公寓门口垃圾桶满了没人倒",
      "uncle-wang",
      inPrivate("uncle-wang"),
    );
    const corrected = await chat.say("uncle-wang", inPrivate("uncle-wang"), "说错了是柳岸新村门口");
    expect(heard(corrected, "liuan-work")).toMatch(new RegExp(`【待受理】${no}.*柳岸新村`, "s"));
    expect(heard(corrected, WORK)).toContain("已转给当地街道");
    expect((await chat.event(no)).row.streetCode).toBe("SLQ-LA");
    expect(await owed(chat, no)).toEqual(["accept SLQ-LA 11月25日11:00"]);
  });
});

describe("neighbours", () => {
  it("join the event that is there, are told so, and hear of the result", async () => {
    const no = await reported(chat, "学院公寓停水了");
    const joined = await chat.say("uncle-wang", GROUP, "我家也没水");
    expect(heard(joined, GROUP)).toContain(`${no} 学院公寓停水了。已记上您家(共2户)`);
    expect(heard(joined, WORK)).toBe("");
    const same = await chat.say("miss-chen", inPrivate("miss-chen"), "学院公寓停水了");
    expect(heard(same, inPrivate("miss-chen"))).toContain("共3户");

    await bring(chat, no, "handling");
    const done = await chat.say(HANDLER, inPrivate(HANDLER), `办结 ${no} 已恢复供水`);
    expect(heard(done, GROUP)).toContain("已恢复供水");
    expect(heard(done, inPrivate("miss-chen"))).toContain("已恢复供水");
  });

  it("count once, however often they say it", async () => {
    const no = await reported(chat, "学院公寓停水了");
    await chat.say("uncle-wang", GROUP, "我家也没水");
    expect(heard(await chat.say("uncle-wang", GROUP, "我家也没水"), GROUP)).toContain("您已经报过");
    expect(heard(await chat.say(NEIGHBOUR, GROUP, "学院公寓停水了"), GROUP)).toContain(
      "您已经报过",
    );
    expect((await chat.event(no)).row.reporterCount).toBe(2);
  });

  it("make one event of the same bin, and two of bins at different doors", async () => {
    const no = await reported(chat, "学院公寓3幢楼下垃圾桶满了");
    expect(await reported(chat, "学院公寓3幢楼下垃圾桶满了", "uncle-wang")).toBe(no);
    expect(await reported(chat, "学院公寓4幢楼下垃圾桶满了", "miss-chen")).not.toBe(no);
  });

  it("do not join what is already done", async () => {
    const no = await reported(chat, "学院公寓3幢楼下垃圾桶满了");
    await bring(chat, no, "completed");
    const again = await chat.say("uncle-wang", GROUP, "学院公寓3幢楼下垃圾桶满了");
    expect(numberIn(again)).not.toBe(no);
  });
});
