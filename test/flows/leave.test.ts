import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, openChat, type Said } from "../support/chat.ts";
import { bring, heard, inPrivate, LEADER, listeners, reported, WORKER } from "./town.ts";

const OFFICER = "wangchao-officer-1";
let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const says = (who: string, text: string) => chat.say(who, inPrivate(who), text);
const reads = (said: readonly Said[], who: string) => heard(said, inPrivate(who));

describe("leave", () => {
  it("of a grid worker is granted by the grid leader, with the sentence at hand", async () => {
    const asked = await says(WORKER, "明天请假一天 南塘3网格由周晓敏代");
    expect(reads(asked, WORKER)).toContain("确认前仍由您值守");
    const sentence = /「(准假[^」]+)」/.exec(reads(asked, LEADER))?.[1];
    expect(sentence).toBe("准假 赵国强 11月26日 由周晓敏代");
    const granted = await says(LEADER, sentence ?? "");
    expect(reads(granted, LEADER)).toContain("已记:赵国强 11月26日不在");
    for (const who of [WORKER, "nantang1-worker"])
      expect(reads(granted, who)).toContain("由周晓敏代");

    chat.clock.advance({ days: 1 });
    const no = await reported(chat);
    const completed = await bring(chat, no, "completed");
    expect(listeners(completed)).not.toContain(inPrivate("nantang2-worker"));
  });

  it("of an officer counts at once: what they owe is said to the deputy", async () => {
    const said = await says("zhifa-responder", "请假 今天到11月27日 由李某代");
    expect(reads(said, "zhifa-responder")).toContain("没有找到「李某」");
    const taken = await says(OFFICER, "请假 11月25日到27日 由苏念慈代");
    expect(reads(taken, OFFICER)).toContain("已记:陈克勤 11月25日到11月27日不在");
    expect(
      await chat.database.rows(sql`select person_id, deputy_id, last_day::text from deputies`),
    ).toEqual([{ person_id: OFFICER, deputy_id: "wangchao-officer-2", last_day: "2026-11-27" }]);
  });

  it("of the principal goes to the deputy too, and gives nobody the right to sign", async () => {
    await says("wangchao-principal", "请假 今天 由陈克勤代");
    const drafted = await says(
      OFFICER,
      "发起街呼区应 滨河路夜市占道油烟反复整治 要综合执法 市场监管 明天下午3点滨河路解放街口集合",
    );
    const no = /HJ\d{8}-\d{3}/.exec(reads(drafted, OFFICER))?.[0] ?? "";
    expect(reads(drafted, "wangchao-principal")).toContain(no);
    expect(reads(drafted, OFFICER)).toContain("待签批");
    expect(reads(await says(OFFICER, `签批同意 ${no}`), OFFICER)).toContain("您没有签批权限");
  });

  it("ends early by 「销假」", async () => {
    await says(OFFICER, "请假3天 由苏念慈代");
    expect(reads(await says(OFFICER, "销假"), OFFICER)).toContain("已销假");
    expect(reads(await says(OFFICER, "销假"), OFFICER)).toContain("没有在请假");
  });

  it("is granted by nobody else, whatever number stands beside it", async () => {
    for (const who of ["nantang1-worker", "liuan-officer-1", "zhifa-responder"]) {
      const said = await says(who, "准假 赵国强 明天 由周晓敏代 SJ20261125-0001");
      expect(reads(said, who)).not.toContain("已记");
    }
    expect(await chat.database.rows(sql`select 1 from deputies`)).toEqual([]);
    expect(
      await chat.database.rows(
        sql`select outcome, reason, subject_no as who from audit where action = 'grantLeave'`,
      ),
    ).toEqual([{ outcome: "refused", reason: "noRight", who: WORKER }]);
  });

  it("is no resident's affair", async () => {
    expect(
      reads(await says("auntie-li", "准假 赵国强 明天 由周晓敏代"), "auntie-li"),
    ).not.toContain("已记");
    expect(await chat.database.rows(sql`select 1 from deputies`)).toEqual([]);
  });
});

describe("who is on duty", () => {
  it("is told to officials, with the telephone", async () => {
    await chat.database.orm.execute(sql`insert into duty_roster (site, date, org_code, person_id)
      values (${chat.database.site}, '2026-11-25', 'SLQ-XF', 'xiaofang-responder')`);
    expect(reads(await says(OFFICER, "消防今天谁值班?"), OFFICER)).toMatch(
      /^11月25日值班:\n.*消防.*:倪速达 13800000012$/,
    );
    expect(reads(await says(OFFICER, "明天谁值班"), OFFICER)).toContain("没有登记值班表");
    for (const words of ["消防今天谁值班?", "SJ20261125-0001 消防今天谁值班"]) {
      const asked = await chat.say("auntie-li", "nantang-3", words);
      expect(heard(asked, "nantang-3")).not.toContain("13800000012");
    }
  });
});
