import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stepsOf } from "../../db/queries/events.ts";
import { type Chat, numberIn, openChat } from "../support/chat.ts";
import { bring, DISPATCHER, GROUP, heard, inPrivate, NEIGHBOUR, reported, WORK } from "./town.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());

const notesOf = async (no: string) =>
  (await stepsOf(chat.database, no)).map(({ action, note }) => `${action} ${note}`);

describe("a report at the same place", () => {
  it("that speaks of something else is filed by itself, and the dispatcher sees the neighbour's", async () => {
    const no = await reported(chat, "学院公寓3幢装修电钻天没亮就响");
    const other = await chat.say("uncle-wang", GROUP, "学院公寓3幢楼上跳舞音响开到半夜");
    const own = numberIn(other);
    expect(own).not.toBe(no);
    expect((await chat.event(own)).row.category).toBe((await chat.event(no)).row.category);
    expect(heard(other, WORK)).toContain(`可能和 ${no} 是同一件`);
    expect(heard(other, GROUP)).not.toContain(no);

    const merged = await chat.say(DISPATCHER, WORK, `${own} 并入 ${no}`);
    expect(heard(merged, WORK)).toContain(`${own} 已并入 ${no}`);
    expect((await chat.event(no)).row.reporterCount).toBe(2);
  });

  it("joins in the neighbour's words or in others", async () => {
    const no = await reported(chat, "学院公寓3幢楼下垃圾桶满了没人倒");
    const joined = await chat.say("uncle-wang", GROUP, "学院公寓3幢楼下垃圾桶满出来了 臭死了");
    expect(heard(joined, GROUP)).toContain(
      `${no} 学院公寓3幢楼下垃圾桶满了没人倒。已记上您家(共2户)`,
    );
  });

  it("is no water where the power is off", async () => {
    const no = await reported(chat, "学院公寓停水了");
    expect(await reported(chat, "学院公寓停电了", "uncle-wang")).not.toBe(no);
  });
});

describe("a wrong join", () => {
  it("is undone by one word: the words become an event of their own, and one reporter less counts", async () => {
    const no = await reported(chat, "学院公寓停水了");
    const joined = await chat.say("uncle-wang", GROUP, "我家也没水");
    expect(heard(joined, GROUP)).toContain("不是同一件请回「不是一回事」");
    await chat.say("miss-chen", GROUP, "我家也没水");

    const undone = await chat.say("uncle-wang", GROUP, "不是一回事,是5幢的水管爆了");
    expect(heard(undone, GROUP)).toContain(`不再算在 ${no} 里`);
    const [, own = ""] = /已登记 (SJ\d{8}-\d{4})/.exec(heard(undone, GROUP)) ?? [];
    expect(own).not.toBe(no);
    expect(heard(undone, WORK)).toContain(`【待受理】${own}`);
    expect(await chat.event(no)).toMatchObject({
      row: { reporterCount: 2 },
      reporters: [{ platformUserId: NEIGHBOUR }, { platformUserId: "miss-chen" }],
    });
    expect(await chat.event(own)).toMatchObject({
      row: { words: "我家也没水;是5幢的水管爆了", gridCode: "SLQ-WC-NT-3", reporterCount: 1 },
      reporters: [{ platformUserId: "uncle-wang", first: true }],
    });
    expect(await notesOf(no)).toContain(`separate 不是同一件,另立 ${own}`);
    expect(await notesOf(own)).toContain(`separate 从 ${no} 分出`);

    await bring(chat, no, "handling");
    const done = await chat.say(
      "wangchao-huanwei-1",
      inPrivate("wangchao-huanwei-1"),
      `办结 ${no} 已恢复供水`,
    );
    expect(done.filter(({ to }) => to === inPrivate("uncle-wang"))).toEqual([]);
  });

  it("is undone by 「分开」 too, once", async () => {
    const no = await reported(chat, "学院公寓停水了");
    await chat.say("uncle-wang", GROUP, "我家也没水");
    const own = (await chat.say("uncle-wang", GROUP, "分开")).map(({ text }) => text).join();
    expect(own).toContain("已登记 SJ");
    expect(await chat.say("uncle-wang", GROUP, "分开")).toEqual([]);
    expect((await chat.event(no)).row.reporterCount).toBe(1);
  });

  it("of two in one fire makes an emergency of its own", async () => {
    const no = await reported(chat, "着火了!学院公寓3幢冒黑烟");
    await chat.say("uncle-wang", GROUP, "着火了着火了 好大的烟");
    const undone = await chat.say("uncle-wang", GROUP, "不是同一件,我说的是学院公寓1幢");
    const [own = ""] = (heard(undone, WORK).match(/SJ\d{8}-\d{4}/g) ?? []).filter((n) => n !== no);
    expect(heard(undone, WORK)).toContain("🚨");
    expect((await chat.event(own)).row).toMatchObject({
      kind: "emergency",
      urgency: "critical",
      placeRaw: "学院公寓1幢",
    });
  });

  it("is undone by the command room too: it takes out who was joined last, and tells them", async () => {
    const no = await reported(chat, "学院公寓停水了");
    await chat.say("uncle-wang", GROUP, "我家也没水");
    expect(heard(await chat.say(NEIGHBOUR, GROUP, `拆分 ${no}`), GROUP)).toContain("没有拆分权限");

    const undone = await chat.say(DISPATCHER, WORK, `拆分 ${no}`);
    const [, own = ""] = /分出 (SJ\d{8}-\d{4})/.exec(heard(undone, WORK)) ?? [];
    expect(heard(undone, GROUP)).toContain(`已另立 ${own}`);
    expect((await chat.event(own)).reporters).toMatchObject([{ platformUserId: "uncle-wang" }]);
    expect((await chat.event(no)).row.reporterCount).toBe(1);
    expect(heard(await chat.say(DISPATCHER, WORK, `拆分 ${no}`), WORK)).toContain("不用拆分");
  });

  it("means nothing from whoever joined nothing", async () => {
    await reported(chat, "学院公寓停水了");
    expect(await chat.say("old-zhou", GROUP, "不是一回事")).toEqual([]);
    expect(await chat.say(NEIGHBOUR, GROUP, "分开")).toEqual([]);
  });
});
