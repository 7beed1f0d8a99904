import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, openChat, type Said } from "../support/chat.ts";
import { DISPATCHER, heard, inPrivate, reported, WORK } from "./town.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());

const WARNING = "【预警·集中反映】";
const warnings = (said: readonly Said[]) => said.filter(({ text }) => text.includes(WARNING));

describe("several groups that complain of one source", () => {
  it("raise one warning a day, with people, households, grids, times, numbers, and how to merge", async () => {
    const first = await reported(chat, "金鼎工地半夜施工吵得睡不着", "auntie-li", "nantang-1");
    chat.clock.advance({ minutes: 1 });
    const second = await reported(
      chat,
      "隔壁金鼎工地半夜打桩噪音太大,几十户睡不着",
      "uncle-wang",
      "nantang-2",
    );
    const third = await chat.say("miss-chen", "nantang-3", "昨晚金鼎工地又施工,吵到凌晨两点");
    const told = warnings(third);
    expect(told.map(({ to }) => to)).toEqual([WORK]);
    const text = heard(told, WORK);
    expect(text).toContain(`${WARNING}施工扰民`);
    expect(text).toContain("金鼎工地");
    expect(text).toContain("7天内3人、3个群反映,自述涉及约30户(人),涉及南塘");
    expect(text).toContain("首次 11月25日09:0");
    expect(text).toContain(`「${second} 并入 ${first}」`);

    const again = await chat.say("old-zhou", "jinxiu-1", "金鼎工地半夜施工太吵了");
    expect(warnings(again)).toEqual([]);
    const merged = await chat.say(DISPATCHER, WORK, `${second} 并入 ${first}`);
    expect(heard(merged, WORK)).toContain("已并入");

    chat.clock.advance({ days: 1 });
    const nextDay = await chat.say("sister-zhao", "jinxiu-2", "金鼎工地昨晚又施工打桩 太吵了");
    expect(heard(warnings(nextDay), WORK)).toContain("5人、5个群");
  });

  it("in two streets tell both command rooms and the district", async () => {
    await reported(chat, "金鼎工地半夜施工吵得睡不着", "auntie-li", "nantang-1");
    await reported(chat, "金鼎工地半夜打桩噪音太大", "uncle-wang", "nantang-2");
    const third = await chat.say("miss-chen", "liuan-1", "金鼎工地半夜施工太吵了");
    expect(
      warnings(third)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(expect.arrayContaining(["liuan-work", WORK, inPrivate("district-dispatcher-1")]));
  });
});

describe("one event that neighbours join", () => {
  it("is collective from the fifth on", async () => {
    await reported(chat, "学院公寓停水了");
    const people = ["uncle-wang", "miss-chen", "old-zhou", "sister-zhao"];
    const said: Said[][] = [];
    for (const who of people) said.push(await chat.say(who, "nantang-3", "我家也没水"));
    expect(said.map((one) => warnings(one).length)).toEqual([0, 0, 0, 1]);
    expect(heard(said[3] ?? [], WORK)).toContain("5人");
  });
});

describe("what is kept secret", () => {
  it("is never counted", async () => {
    const said: Said[] = [];
    for (const [who, where] of [
      ["a", "nantang-1"],
      ["b", "nantang-2"],
      ["c", "nantang-3"],
      ["d", "jinxiu-1"],
      ["e", "jinxiu-2"],
    ] as const)
      said.push(...(await chat.say(who, where, "社区赵主任收了好处费,态度恶劣,不给办低保")));
    expect(warnings(said)).toEqual([]);
  });
});
