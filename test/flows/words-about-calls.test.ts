import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findCall } from "../../db/queries/calls.ts";
import { type Chat, openChat, type Said } from "../support/chat.ts";

const OFFICER = "wangchao-officer-1";
const PRINCIPAL = "wangchao-principal";
const DISPATCHER = "wangchao-dispatcher-1";
const DISTRICT = "district-dispatcher-1";
const SUPERVISOR = "district-supervisor";

const NIGHT_MARKET =
  "发起街呼区应 滨河路夜市占道+油烟+噪音 反复整治回潮 要综合执法 市场监管 公安 明晚8点滨河路解放街口集中";

const eventCount = sql`select count(*)::int as count from events`;

/** What officials say of a call ticket, in their own words. */
describe("what officials say about call tickets", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  afterAll(() => chat.close());
  beforeEach(() => chat.fresh());

  const says = async (who: string, text: string): Promise<string> =>
    to(await chat.say(who, `private:${who}`, text), who);
  const to = (said: readonly Said[], who: string) =>
    said
      .filter((one) => one.to === `private:${who}`)
      .map((one) => one.text)
      .join("\n");
  const state = async (no: string) => (await findCall(chat.database, no))?.state;
  const status = async (no: string) => (await state(no))?.status;
  const drafted = async (): Promise<string> =>
    /HJ\d{8}-\d{3}/.exec(await says(OFFICER, NIGHT_MARKET))?.[0] ?? "";
  const dispatched = async (): Promise<string> => {
    const no = await drafted();
    await says(PRINCIPAL, `签批同意 ${no}`);
    await says(
      DISTRICT,
      `派遣 ${no} 综合执法2人 市场监管2人 公安1人 11月26日19:40到滨河路解放街口`,
    );
    return no;
  };

  it("does nothing for a word that is negated, put off or asked, and says the words that would", async () => {
    const no = await drafted();
    const both = `签批同意 ${no}`;
    for (const text of [`不签批 ${no}`, `要不要签批 ${no}?`, `等核实了再签批 ${no}`]) {
      const answer = await says(PRINCIPAL, text);
      expect(answer, text).toContain("没有执行");
      expect(answer, text).toContain(both);
      expect(answer, text).toContain(`签批不同意 ${no} 理由`);
    }
    expect(await says(PRINCIPAL, `要不要签批 ${no}?`)).toContain("待签批");
    expect(await status(no)).toBe("pendingApproval");
    expect(await says(PRINCIPAL, `${no} 同意`)).toContain("已签批");

    await says(DISTRICT, `暂不派遣 ${no} 综合执法2人 公安1人 明晚8点 滨河路解放街口`);
    await says(DISTRICT, `什么时候派遣 ${no} 综合执法2人 公安1人 明晚8点到滨河路解放街口`);
    expect(await status(no)).toBe("approved");
    // The hint of a return without a reason is the return, and not the consent.
    expect(await says(DISTRICT, `研判退回 ${no}`)).toContain(`「研判退回 ${no} 理由」`);
    expect(await status(no)).toBe("approved");

    await says(DISTRICT, `派遣 ${no} 综合执法2人 市场监管2人 明晚8点 滨河路解放街口`);
    for (const text of [`没收到 ${no}`, `怎么响应 ${no}?`, `未到场 ${no}`, `明天到了 ${no}`])
      expect(await says("shijian-responder", text), text).toContain("没有执行");
    expect((await state(no))?.responses.map((one) => one.respondedAt)).toEqual([null, null]);
    await says("shijian-responder", `不响应 ${no} 人手不够`);
    expect(await says(DISTRICT, `不同意不响应 ${no} 市监`)).toContain("派遣照旧");
    expect(await says(DISTRICT, `不同意 ${no} 市监必须到`)).toContain("派遣照旧");
    expect((await state(no))?.responses.map((one) => one.releasedAt)).toEqual([null, null]);
    expect(await says(SUPERVISOR, `能不能认定 ${no} 市监 不响应`)).toContain("没有执行");
    expect((await state(no))?.responses.flatMap((one) => one.faults)).toEqual([]);
  });

  it("changes a returned ticket by the words that the notices recommend", async () => {
    const no = await drafted();
    await says(PRINCIPAL, `签批不同意 ${no} 事由写清楚`);
    expect(await says(OFFICER, `修改 ${no}`)).toContain(`「修改 ${no} 事由`);
    await says(OFFICER, `修改 ${no} 事由 滨河路夜市占道油烟噪音反复回潮`);
    await says(OFFICER, `修改 ${no} 地点 滨河路8号`);
    await says(OFFICER, `修改 ${no} 部门 综合执法、公安`);
    await says(OFFICER, `修改 ${no} 时间 明晚9点`);
    expect(await state(no)).toMatchObject({
      status: "pendingApproval",
      cause: "滨河路夜市占道油烟噪音反复回潮",
      place: { raw: "滨河路8号" },
      wantedDepts: ["SLQ-ZF", "SLQ-GA"],
      reportAt: new Date("2026-11-26T21:00:00+08:00"),
    });
    await says(OFFICER, `${no} 公安去掉`);
    expect((await state(no))?.wantedDepts).toEqual(["SLQ-ZF"]);
    expect(await says(OFFICER, `${no} 不要呼叫了`)).toContain(`「撤销 ${no}」`);
    expect(await status(no)).toBe("pendingApproval");
  });

  it("asks what for after a bare 「发起街呼区应」, and drafts from the next line", async () => {
    expect(await says(OFFICER, "发起街呼区应")).toContain("要呼叫什么事");
    const answer = await says(OFFICER, "滨河路夜市占道油烟噪音反复整治回潮 要综合执法 市场监管");
    const no = /HJ\d{8}-\d{3}/.exec(answer)?.[0] ?? "";
    // The place is asked first; what answers it is no draft of its own.
    expect(answer).toContain(`${no} `);
    expect(await says(OFFICER, "明晚8点滨河路解放街口集中")).toContain("已送主要负责同志签批");
    expect(await status(no)).toBe("pendingApproval");
    expect(await says(OFFICER, "发起街呼区应")).toContain("要呼叫什么事");
    expect(await says(OFFICER, "算了")).toContain("没有起草");
  });

  it("changes a draft by answers alone, and drops it when it is not wanted", async () => {
    const NO_TIME =
      "发起街呼区应 滨河路夜市占道+油烟+噪音 反复整治回潮 要综合执法 公安 滨河路解放街口";
    const asked = await says(OFFICER, NO_TIME);
    expect(asked).toContain("什么时间集合");
    const no = /HJ\d{8}-\d{3}/.exec(asked)?.[0] ?? "";
    const before = await state(no);
    for (const text of [
      "我不想叫综合执法和市场监管的人明晚七点来南塘街,先等等",
      "这几天公安和市场监管今晚八点在柳岸新村开会,跟这个没关系",
      "上周请市场监管晚上七点来南塘街查过,效果不错",
      "要不要叫市场监管明晚七点来?",
    ]) {
      const answer = await says(OFFICER, text);
      expect(answer, text).toContain("什么时间集合");
      expect(answer, text).toContain(`「撤销 ${no}」`);
      expect(await state(no), text).toEqual(before);
    }
    expect(await says(OFFICER, "算了,不叫了")).toContain(`${no} 已撤销`);
    expect(await status(no)).toBe("canceled");
    expect(await chat.database.rows(eventCount)).toEqual([{ count: 0 }]);

    await says(OFFICER, NO_TIME);
    expect(await says(OFFICER, "明晚7点")).toContain("已送主要负责同志签批");
    await says(OFFICER, "发起街呼区应 滨河路夜市占道油烟噪音反复整治回潮 多部门联合整治");
    const answers = ["综合执法和市场监管", "南塘街路口", "明晚7点"];
    let last = "";
    for (const text of answers) last = await says(OFFICER, text);
    expect(last).toContain("已送主要负责同志签批");
  });

  it("drafts from an officer's own words, and tells a dispatcher who may", async () => {
    const said =
      "滨河路夜市占道油烟噪音反复回潮,想请区里综合执法和市场监管的人明天晚上七点半来滨河路解放街口集合";
    expect(await says(OFFICER, said)).toContain("已起草呼叫工单");
    const refused = await says(DISPATCHER, said);
    expect(refused).toContain("没有发起街呼区应权限");
    expect(refused).toContain("发起街呼区应 滨河路夜市");
    const danger = await says(OFFICER, "出事了,桥头厂房彩钢瓦快掉下来了,赶紧叫住建应急消防过来");
    expect(danger).toContain("【突发呼叫】");
  });

  it("answers every official who names a ticket, and files none of it as a report", async () => {
    const no = await dispatched();
    const short = no.slice(-3);
    expect(await says(DISTRICT, `${short}号单子派生态环境1人`)).toContain("已派遣");
    expect(await says("gongan-responder", "好的,我们派3个人")).toContain("3人");
    expect(await says("shijian-responder", "这个不归我们管,是生态环境的职责")).toContain(
      "已记不响应",
    );
    await says("zhifa-responder", "收到,马上出发");
    expect(await says(OFFICER, `已报区平台 ${no}`)).toMatch(/已登记|还没有报送/);
    chat.clock.advance({ days: 1, hours: 10, minutes: 35 });
    expect(await says(OFFICER, `确认到场 ${no} 综合执法 消防`)).toMatch(/已确认到场[\s\S]*没有派/);
    expect(await says(OFFICER, "综合执法和公安都到了")).toContain("公安");
    expect((await state(no))?.responses.filter((one) => one.checkIn !== null)).toHaveLength(2);
    expect(await says(OFFICER, "现场:市监到1人,公安未到")).toContain("现场记录已记");
    expect(await says(OFFICER, `${no} 居民又在楼下闹起来了`)).toContain("没听懂");
    expect(await says(SUPERVISOR, `${no}公安局定为响应不作为`)).toContain("已认定");
    const history = await says(OFFICER, `流程 ${no}`);
    expect(history).toContain("响应不作为");
    expect(history).toMatch(/确认到场\([^)]*\):.*综合.*执法局/);
    expect(history).not.toMatch(/noShow|passiveResponse|lateResponse/);
    await says(SUPERVISOR, `督办 ${no} 公安 报送情况`);
    expect(await says("gongan-responder", "答复 检测报告后天出")).toContain("已答复");
    expect(await chat.database.rows(eventCount)).toEqual([{ count: 0 }]);

    await says("zhifa-responder", "办结反馈了,清走12个摊位");
    expect((await state(no))?.responses.map((one) => one.completion)).toContain("清走12个摊位");
    expect(await says(OFFICER, `结案 ${no} 都办完了 综合执法150 公安80`)).toContain("0到100");
    expect(await says(OFFICER, "导出呼叫单")).toContain(`${no}/form`);
  });

  it("takes 「收到」 for the call that has just come, and names the other", async () => {
    const old = await dispatched();
    chat.clock.advance({ days: 1 });
    const no = await dispatched();
    const answer = await says("zhifa-responder", "收到,马上出发");
    expect(answer).toContain(`已登记响应 ${no}`);
    expect(answer).toContain(old);
  });

  it("knows whom to ring where no roster is kept, and says who may stand in", async () => {
    expect(await says(OFFICER, "消防今天谁值班?")).toContain("倪速达");
    const leave = await says("zhifa-responder", "明天请假 由廉公平代");
    expect(leave).toContain("廉公平");
    expect(leave).toContain("本单位");
  });
});
