import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findLink } from "../../db/queries/links.ts";
import { personIdOfToken } from "../../db/queries/tokens.ts";
import { tokenHash } from "../../services/token-hash.ts";
import { type Chat, openChat } from "../support/chat.ts";
import {
  bring,
  DISPATCHER,
  GROUP,
  HANDLER,
  heard,
  inPrivate,
  NEIGHBOUR,
  PRINCIPAL,
  reported,
  WORK,
  WORKER,
} from "./town.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const alone = async (who: string, text: string) =>
  heard(await chat.say(who, inPrivate(who), text), inPrivate(who));

describe("「我的待办」", () => {
  it("follows the event from hand to hand", async () => {
    const no = await reported(chat);
    expect(await alone(DISPATCHER, "我的待办")).toContain(`${no} 待受理`);
    await bring(chat, no, "assigned");
    expect(await alone(DISPATCHER, "我的待办")).toContain("现在没有待办");
    expect(await alone(HANDLER, "我的待办")).toContain(`${no} 待签收`);
    await alone(HANDLER, `签收 ${no}`);
    expect(await alone(HANDLER, "待办")).toContain(`${no} 待办结`);
    await alone(HANDLER, `办结 ${no} 已清运`);
    expect(await alone(HANDLER, "我的待办")).toContain("现在没有待办");
    expect(await alone(WORKER, "我的待办")).toContain(`${no} 待验收`);
  });

  it("shows nobody what their office owes but they may not do", async () => {
    await reported(chat);
    for (const who of [PRINCIPAL, "nantang-mentor", "wangchao-officer-1"])
      expect(await alone(who, "我的待办")).toContain("现在没有待办");
  });

  it("marks what is overdue, and puts it first", async () => {
    const late = await reported(chat);
    chat.clock.advance({ hours: 3 });
    const fresh = await reported(chat, "学院西路路灯不亮了");
    const list = await alone(DISPATCHER, "我的待办");
    expect(list).toContain("其中 1 件已超期");
    expect(list).toContain(`❗ ${late}`);
    expect(list.indexOf(late)).toBeLessThan(list.indexOf(fresh));
  });

  it("of a resident is what became of their reports", async () => {
    const no = await reported(chat);
    expect(heard(await chat.say(NEIGHBOUR, GROUP, "我的待办"), GROUP)).toContain(`${no} `);
  });

  it("of a grid worker who asks among the residents is told in private", async () => {
    const no = await reported(chat);
    await bring(chat, no, "completed");
    const said = await chat.say(WORKER, GROUP, "我的待办");
    expect(heard(said, GROUP)).toBe("请看我发给您的私聊。");
    expect(heard(said, inPrivate(WORKER))).toContain(`${no} 待验收`);
  });
});

describe("a number in other words than the command's", () => {
  it("is taken as a question, by whoever may ask it", async () => {
    const no = await reported(chat);
    expect(await alone(PRINCIPAL, `垃圾桶那个 ${no} 谁在办`)).toContain(`${no} 待受理`);
    expect(await alone("stranger", `垃圾桶那个 ${no} 谁在办`)).toContain("看不到内容");
  });
});

describe("「帮助」", () => {
  it.each([
    [NEIGHBOUR, "垃圾桶满了", "受理"],
    [WORKER, "验收通过", "交办"],
    [DISPATCHER, "交办 SJ… 给环卫所", "签收"],
    [HANDLER, "办结 SJ…", "交办"],
    [PRINCIPAL, "批示 SJ…", "签收 SJ…"],
    ["district-dispatcher-1", "交办 SJ… 给××局", "签收 SJ…"],
    ["district-supervisor", "督办 SJ…", "签收 SJ…"],
  ])("tells %s what they can say, and nothing that they may not", async (who, can, cannot) => {
    const help = await alone(who, "帮助");
    expect(help).toContain(can);
    expect(help).not.toContain(cannot);
  });
});

describe("「登录」", () => {
  it("gives a token that works, in private alone, and keeps it nowhere", async () => {
    const said = await chat.say(DISPATCHER, WORK, "登录");
    expect(heard(said, WORK)).not.toMatch(/yh_/);
    const token = /yh_\S+/.exec(heard(said, inPrivate(DISPATCHER)))?.[0] ?? "";
    expect(await personIdOfToken(chat.database, tokenHash(token), chat.clock.now())).toBe(
      DISPATCHER,
    );
    const kept = await chat.database.rows(sql`
      select 1 from outbox where body::text like ${`%${token}%`}
      union all select 1 from inbox where message::text like ${`%${token}%`}
      union all select 1 from api_tokens where hash = ${token}`);
    expect(kept).toEqual([]);
  });

  it("gives a link to the desk too, which is kept as a hash alone", async () => {
    const said = await alone(DISPATCHER, "登录");
    const key = /\/login\/([\w-]+)/.exec(said)?.[1] ?? "";
    const link = await findLink(chat.database, tokenHash(key));
    expect(link).toMatchObject({ purpose: "login", subjectNo: DISPATCHER, usedAt: null });
    const kept = await chat.database.rows(sql`
      select 1 from outbox where body::text like ${`%${key}%`} union all select 1 from links where hash = ${key}`);
    expect(kept).toEqual([]);
  });

  it("ends with the working day", async () => {
    const token = /yh_\S+/.exec(await alone(DISPATCHER, "登录"))?.[0] ?? "";
    chat.clock.advance({ hours: 13 });
    expect(await personIdOfToken(chat.database, tokenHash(token), chat.clock.now())).toBeNull();
  });

  it("is not for residents", async () => {
    expect(await alone(NEIGHBOUR, "登录")).toContain("您没有登录权限");
  });
});
