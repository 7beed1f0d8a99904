import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import {
  bring,
  DISPATCHER,
  GROUP,
  HANDLER,
  heard,
  inPrivate,
  reported,
  statusOf,
  WORK,
  WORKER,
} from "./town.ts";

const LI = "grandpa-li";
const HERE = inPrivate(LI);
const HINT = "隐私提示";
const PHONE = "13812345678";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const says = async (text: string, where = HERE) => heard(await chat.say(LI, where, text), HERE);

/** Every row of the tables that hold what people said, as text. */
async function everythingKept(tables: readonly string[]): Promise<string> {
  const all: string[] = [];
  for (const table of tables)
    for (const { row } of await chat.database.rows<{ row: string }>(
      sql`select t::text as row from ${sql.raw(table)} t`,
    ))
      all.push(`${table}: ${row}`);
  return all.join("\n");
}
const WHERE_WORDS_ARE = [
  "inbox",
  "outbox",
  "events",
  "event_reporters",
  "event_steps",
  "dialog_states",
];

describe("the privacy notice", () => {
  it("comes once, with the first real answer in a private chat", async () => {
    expect(await says("你好")).not.toContain(HINT);
    expect(await says("谢谢")).toBe("");
    const first = await says("学院公寓3幢楼下垃圾桶满了");
    expect(first.indexOf("已登记")).toBeLessThan(first.indexOf(HINT));
    expect(await says("学院西路路灯不亮")).not.toContain(HINT);
  });

  it("never comes before the number to ring, nor into a group", async () => {
    expect(await says("着火了!学院公寓3幢冒黑烟")).toMatch(/^请立即拨打 119/);
    const inGroup = await chat.say("uncle-wang", GROUP, "学院西路路灯不亮");
    expect(inGroup.map((one) => one.text).join()).not.toContain(HINT);
  });

  it("is told in full to whoever asks", async () => {
    const notice = await says("隐私");
    expect(notice).toMatch(/收集.*保存.*不使用大模型.*\/privacy/s);
    expect(notice).not.toContain(HINT);
  });
});

describe("personal numbers", () => {
  it("said in a group are masked before anything is stored", async () => {
    const no = await reported(chat, `学院公寓3幢楼下垃圾桶满了,我电话${PHONE}`);
    await chat.say("auntie-li", GROUP, `今天天气真好,我电话${PHONE}`);
    await chat.say("uncle-wang", GROUP, `学院公寓3幢楼下垃圾桶满了 找我${PHONE}`);
    await chat.say(DISPATCHER, WORK, `受理 ${no} 联系人${PHONE}`);
    await chat.say(DISPATCHER, WORK, `交办 ${no} 给环卫所 联系人${PHONE}`);
    expect(await everythingKept(WHERE_WORDS_ARE)).not.toContain(PHONE);
    expect(await everythingKept(["events"])).toContain("138****5678");
  });

  it("said in private reach no group and no event", async () => {
    const said = await chat.say(LI, HERE, `学院公寓3幢楼下垃圾桶满了,我电话${PHONE}`);
    expect(heard(said, WORK)).not.toContain(PHONE);
    expect(
      await everythingKept(WHERE_WORDS_ARE.filter((table) => table !== "inbox")),
    ).not.toContain(PHONE);
  });
});

describe("small talk", () => {
  it("leaves no words behind", async () => {
    await chat.say(LI, GROUP, "昨天女儿从杭州回来了");
    await says("昨天女儿从杭州回来了");
    expect(await everythingKept(["inbox"])).not.toContain("杭州");
  });
});

describe("「删除我的信息」", () => {
  const WORDS = "学院公寓3幢楼下垃圾桶满了,我是二楼的李建国";

  it("leaves neither the words nor the account, and the work goes on", async () => {
    const no = await reported(chat, WORDS, LI, HERE);
    await chat.say(LI, GROUP, "垃圾桶旁边还有只死老鼠");
    await says("谢谢");
    expect(await says("删除我的信息")).toContain("还有 1 件正在办理");
    const kept = await everythingKept([...WHERE_WORDS_ARE, "residents", "erasures"]);
    expect(kept).not.toContain(LI);
    expect(kept.replaceAll((await chat.event(no)).row.summary, "")).not.toContain("李建国");
    // The audit keeps who did what, without any words.
    expect(await everythingKept(["audit"])).not.toContain("李建国");

    const done = await bring(chat, no, "completed");
    expect(done.map((one) => one.to).filter((to) => to.includes("erased"))).toEqual([]);
    await chat.say(WORKER, inPrivate(WORKER), `验收通过 ${no}`);
    expect(await statusOf(chat, no)).toBe("closed");
    expect(heard(await chat.say(DISPATCHER, WORK, `流程 ${no}`), WORK)).toContain("上报(报事人)");
  });

  it("makes a stranger of them: nothing of theirs is found, and a new report is a first one", async () => {
    const no = await reported(chat, WORDS, LI, HERE);
    await says("删除我的信息");
    expect(await says(`查 ${no}`)).toContain("不是您报的");
    expect(await says("学院西路路灯不亮")).toContain("已登记");
  });

  it("drops an unfinished question", async () => {
    await says("垃圾桶满了没人倒");
    await says("删除我的信息");
    expect(await says("3幢")).toMatch(/^您好,我是一呼/);
  });

  it("forgets nothing of what officials did in their office", async () => {
    const no = await reported(chat);
    await bring(chat, no, "completed");
    await chat.say(HANDLER, inPrivate(HANDLER), "删除我的信息");
    expect(heard(await chat.say(DISPATCHER, WORK, `流程 ${no}`), WORK)).toContain(
      "办结(望潮街道环卫所 苗根生):已清运并冲洗",
    );
  });
});
