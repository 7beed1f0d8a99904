import { afterAll, beforeAll, expect, it } from "vitest";
import { readDistrict, readEarDirectory } from "../../bot/district.ts";
import { trainOnDistrict } from "../../bot/learning/train-on-district.ts";
import { buildKnowledge } from "../../bot/understanding/knowledge.ts";
import { understandByRules } from "../../bot/understanding/understand-by-rules.ts";
import { listClassifiers, settledEvents } from "../../db/queries/classifiers.ts";
import { switchClassifier } from "../../services/workflows/switch-classifier.ts";
import { type Chat, openChat } from "../support/chat.ts";
import { insertPlainEvent } from "../support/duties.ts";
import { heard as heardAlone } from "../support/heard.ts";
import { binEvents, towerEvents } from "../support/settled-texts.ts";
import { bring, DISPATCHER, heard, reported, WORK } from "./town.ts";

// What dispatchers settle on teaches the bot: corrected in chat, trained by a command, switched on, and
// switched back.

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
afterAll(() => chat.close());

const TOWER = "学院公寓3幢楼顶装了通信铁塔,担心辐射";
const now = new Date("2026-11-25T09:00:00+08:00");
const train = () => trainOnDistrict(chat.database, { seed: 1, now, say: () => {} });
const switchTo = (version: number | null) =>
  chat.database.transaction((tx) => switchClassifier(tx, now, version));
const categoryNow = async () => {
  const directory = await readEarDirectory(chat.database, await readDistrict(chat.database));
  return understandByRules(heardAlone(TOWER), buildKnowledge(directory)).items[0]?.category;
};

it("asks for more events while there are too few", async () => {
  await expect(train()).rejects.toThrow("Only 0 events have a category");
});

it("learns from a correction once a person has accepted the event", async () => {
  const no = await reported(chat, TOWER);
  const said = await chat.say(DISPATCHER, WORK, `更正 ${no} 类别 规划与公共配套`);
  expect(heard(said, WORK)).toContain(no);
  expect((await chat.event(no)).row.category).toBe("planning.facility");
  expect(await settledEvents(chat.database, 10)).toEqual([]);
  await bring(chat, no, "accepted");
  expect(await settledEvents(chat.database, 10)).toEqual([
    { text: TOWER, label: "planning.facility" },
  ]);
});

it("asks for the full name where several categories, or none, are meant", async () => {
  const no = await reported(chat, "学院公寓5幢楼下垃圾桶满了没人倒");
  const several = await chat.say(DISPATCHER, WORK, `更正 ${no} 类别 占道`);
  expect(heard(several, WORK)).toContain("请说全名");
  const none = await chat.say(DISPATCHER, WORK, `更正 ${no} 类别 火星基地`);
  expect(heard(none, WORK)).toContain("没有「火星基地」这个类别");
  expect((await chat.event(no)).row.category).toBe("env.binOverflow");
});

it("offers the command room the other categories where it was unsure", async () => {
  const said = await chat.say(
    "auntie-wu",
    "nantang-3",
    "学院公寓6幢楼下烧烤摊油烟大,半夜吵得睡不着,还占道",
  );
  expect(heard(said, WORK)).toMatch(
    /类别拿不准,也可能是.+。要改请回「更正 SJ20261125-\d+ 类别 .+」。/,
  );
  const sure = await chat.say("auntie-xu", "nantang-3", "学院公寓8幢楼下垃圾桶满出来了没人倒");
  expect(heard(sure, WORK)).not.toContain("拿不准");
});

it("is trained, looked at, switched on, and switched back", async () => {
  for (const [index, { text, label }] of [...binEvents(30), ...towerEvents(30)].entries())
    await insertPlainEvent(chat.database, {
      no: `SJ20261120-${index}`,
      status: "closed",
      words: text,
      category: label,
    });
  await insertPlainEvent(chat.database, {
    no: "SJ20261120-60",
    status: "rejected",
    words: "不算",
    category: "env.air",
  });
  const { version, report } = await train();
  expect(version).toBe(1);
  expect(report.learned.top1).toBeGreaterThan(report.cold.top1);
  expect(await categoryNow()).toBe("env.air");

  expect(await switchTo(1)).toEqual({ ok: true, before: null });
  expect(await categoryNow()).toBe("planning.facility");
  expect((await train()).version).toBe(2);
  expect(await switchTo(2)).toEqual({ ok: true, before: 1 });
  expect((await listClassifiers(chat.database)).map((one) => [one.version, one.inUse])).toEqual([
    [2, true],
    [1, false],
  ]);
  expect(await switchTo(7)).toEqual({ ok: false, reason: "notFound" });
  expect(await switchTo(null)).toEqual({ ok: true, before: 2 });
  expect(await categoryNow()).toBe("env.air");
});
