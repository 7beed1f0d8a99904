import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findCall } from "../../db/queries/calls.ts";
import { jobsOf } from "../../services/jobs/jobs.ts";
import { silentLog } from "../../services/log.ts";
import { type Chat, openChat, type Said } from "../support/chat.ts";

const OFFICER = "wangchao-officer-1";
const PRINCIPAL = "wangchao-principal";
const DISTRICT = "district-dispatcher-1";
const DRAFT =
  "发起街呼区应 滨河路夜市占道油烟反复整治 要综合执法 市场监管 明天下午3点滨河路解放街口集合";
const TIME_AND_PLACE = "11月26日15:00 滨河路解放街口";

describe("街呼区应, the other ways it can go", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  afterAll(() => chat.close());
  const says = (who: string, text: string) => chat.say(who, `private:${who}`, text);
  const text = (said: readonly Said[], who: string) =>
    said
      .filter((one) => one.to === `private:${who}`)
      .map((one) => one.text)
      .join("\n");
  const state = async (no: string) => {
    const call = await findCall(chat.database, no);
    if (call === null) throw new Error(`no call ${no}`);
    return call.state;
  };
  const response = async (no: string, dept: string) =>
    (await state(no)).responses.find((one) => one.deptCode === dept && one.releasedAt === null);
  const drafts = async (draft = DRAFT) => {
    const no = /HJ\d{8}-\d{3}/.exec(text(await says(OFFICER, draft), OFFICER))?.[0];
    if (no === undefined) throw new Error("no draft was made");
    return no;
  };
  const dispatched = async () => {
    const no = await drafts();
    await says(PRINCIPAL, `签批同意 ${no}`);
    await says(DISTRICT, `派遣 ${no} 综合执法2人 市场监管2人 ${TIME_AND_PLACE}`);
    return no;
  };
  const timePasses = async (by: Parameters<Chat["clock"]["advance"]>[0]) => {
    chat.clock.advance(by);
    for (const job of jobsOf(chat.database, chat.office, silentLog)) await job.run();
    return chat.settle();
  };

  it("asks for what a draft lacks, one thing at a time", async () => {
    const first = await says(OFFICER, "发起街呼区应 夜市占道油烟反复整治");
    expect(text(first, OFFICER)).toContain("要哪些部门到场");
    expect(text(await says(OFFICER, "综合执法和市场监管"), OFFICER)).toContain("在哪里集合");
    expect(text(await says(OFFICER, "滨河路解放街口"), OFFICER)).toContain("什么时间集合");
    expect(text(await says(OFFICER, "明天下午3点"), OFFICER)).toContain("已送主要负责同志签批");
  });

  it("stops at the gates: not on the list, nothing complex, no right", async () => {
    expect(
      text(
        await says(OFFICER, "发起街呼区应 楼上邻居弹钢琴 要文旅 教育 明晚8点滨河路集合"),
        OFFICER,
      ),
    ).toMatch(/没有匹配到|没有找到/);
    expect(
      text(
        await says(OFFICER, "发起街呼区应 路边一处小摊 要市场监管 明晚8点滨河路解放街口集合"),
        OFFICER,
      ),
    ).toContain("不用呼叫");
    expect(text(await says("auntie-li", DRAFT), "auntie-li")).toContain("您没有发起街呼区应权限");
  });

  it("is returned by the principal, mended and signed; a second signature changes nothing", async () => {
    const no = await drafts();
    expect(text(await says(PRINCIPAL, `退回 ${no} 时间太晚`), PRINCIPAL)).toContain("已退回");
    expect((await state(no)).status).toBe("approvalRejected");
    await says(OFFICER, `修改 ${no} 时间改为明天上午10点`);
    expect(await state(no)).toMatchObject({
      status: "pendingApproval",
      reportAt: new Date("2026-11-26T10:00:00+08:00"),
    });
    expect(text(await says("liuan-principal", `签批同意 ${no}`), "liuan-principal")).toContain(
      "您没有签批权限",
    );
    await says(PRINCIPAL, `签批同意 ${no}`);
    expect(text(await says(PRINCIPAL, `签批同意 ${no}`), PRINCIPAL)).toMatch(/已经签批过|不能签批/);
    expect((await state(no)).status).toBe("approved");
    expect(text(await says(DISTRICT, `研判退回 ${no} 先由属地履责`), DISTRICT)).toContain(
      "退回街道",
    );
    expect((await state(no)).status).toBe("assessReturned");
    await says(OFFICER, `撤销 ${no}`);
    expect((await state(no)).status).toBe("canceled");
  });

  it("is dispatched only with departments, time and place", async () => {
    const no = await drafts();
    await says(PRINCIPAL, `签批同意 ${no}`);
    const refused = text(await says(DISTRICT, `派遣 ${no} 综合执法2人`), DISTRICT);
    expect(refused).toMatch(/时间.*地点/);
    expect(refused).toMatch(new RegExp(`派遣 ${no} .*综合行政执法局2人 ${TIME_AND_PLACE}」`));
    expect((await state(no)).status).toBe("approved");
    // What the ticket holds is not sent by itself, but the sentence that sends it is there to copy.
    const sentence = /「(派遣 [^」]+)」/.exec(
      text(await says(DISTRICT, `派遣 ${no}`), DISTRICT),
    )?.[1];
    expect((await state(no)).status).toBe("approved");
    await says(DISTRICT, sentence ?? "");
    const sent = await state(no);
    expect(sent.responses.map(({ deptCode }) => deptCode)).toEqual(["SLQ-ZF", "SLQ-SJ"]);
    expect(sent).toMatchObject({
      status: "dispatched",
      reportAt: new Date("2026-11-26T15:00:00+08:00"),
      reportPlace: { raw: "滨河路解放街口" },
    });
  });

  it("tells a responder who speaks too early that nobody was sent yet, and residents that they may not", async () => {
    const no = await drafts();
    const early = text(await says("zhifa-responder", `收到 ${no}`), "zhifa-responder");
    expect(early).toContain(`${no} 还没有派遣到贵单位`);
    expect(early).not.toContain("权限");
    expect(text(await says("auntie-li", `响应 ${no}`), "auntie-li")).toMatch(/您没有.*权限/);
    const audited = await chat.database.rows<{ reason: string }>(sql`
      select reason from audit where subject_no = ${no} and outcome = 'refused'`);
    expect(audited.map(({ reason }) => reason)).toEqual(["noRight", "noRight"]);
  });

  it("shows departments by name in the course of a call", async () => {
    const no = await dispatched();
    const course = text(await says(OFFICER, `流程 ${no}`), OFFICER);
    expect(course).toContain("综合行政执法局2人");
    expect(course).not.toContain("SLQ-");
  });

  it("tells a principal who only says 同意 which sentence signs, and nobody else", async () => {
    const no = await drafts();
    const said = text(await says(PRINCIPAL, "同意"), PRINCIPAL);
    expect(said).toContain(`要签批请回「签批同意 ${no}」`);
    expect((await state(no)).status).toBe("pendingApproval");
    expect(text(await says(PRINCIPAL, "好的"), PRINCIPAL)).toContain(`「签批同意 ${no}」`);
    expect(await says(OFFICER, "同意")).toEqual([]);
    expect(await says("liuan-principal", "可以")).toEqual([]);
  });

  it("sends another department for one that objects, and lets a third go", async () => {
    const no = await dispatched();
    expect(
      text(await says("shijian-responder", `不响应 ${no} 油烟属生态环境职责`), "shijian-responder"),
    ).toContain("研判");
    expect(await response(no, "SLQ-SJ")).toMatchObject({ status: "declined", faults: [] });
    await says(DISTRICT, `派遣 ${no} 生态环境2人 代替市场监管`);
    expect(
      (await state(no)).responses.map((one) => [one.deptCode, one.releasedAt !== null]),
    ).toEqual([
      ["SLQ-ZF", false],
      ["SLQ-SJ", true],
      ["SLQ-HJ", false],
    ]);
    await says(DISTRICT, `同意不响应 ${no} 生态环境`);
    expect(
      (await state(no)).responses
        .filter((one) => one.releasedAt === null)
        .map((one) => one.deptCode),
    ).toEqual(["SLQ-ZF"]);
  });

  it("keeps the evidence of silence, lateness and absence, and closes over a silent department", async () => {
    const no = await dispatched(); // 25 November 09:00, answers owed by 11:00
    await says("zhifa-responder", `收到 ${no} 2人`);
    await timePasses({ hours: 2, minutes: 1 });
    expect((await response(no, "SLQ-SJ"))?.faults.map(({ fault }) => fault)).toEqual([
      "noResponse",
    ]);
    await says("shijian-responder", `收到 ${no}`);
    expect((await response(no, "SLQ-SJ"))?.faults.map(({ fault }) => fault)).toEqual([
      "lateResponse",
    ]);
    await timePasses({ days: 1, hours: 5, minutes: 1 }); // 26 November 16:02, an hour after the time
    expect((await response(no, "SLQ-SJ"))?.faults.map(({ fault }) => fault).sort()).toEqual([
      "lateResponse",
      "noShow",
    ]);
    await says("zhifa-responder", `到了 ${no}`);
    await says(OFFICER, `确认到场 ${no} 综合执法`);
    const ready = await says("zhifa-responder", `办结反馈 ${no} 拆除占道棚2处`);
    expect((await state(no)).status).toBe("pendingClosing");
    expect(ready.map((one) => one.text).join("\n")).toMatch(
      /市场监督管理局未到场,已留痕,可以结案。请提结案意见/,
    );
    expect(
      text(await says(OFFICER, `结案 ${no} 市监未到场 综合执法90 市场监管30`), OFFICER),
    ).toContain("已结案");
  });

  it("sends an emergency first and has it signed afterwards", async () => {
    chat.clock.advance({ hours: 10 });
    const said = await says(OFFICER, "突发!桥头厂房彩钢瓦要掉 呼住建应急消防马上到");
    const no = /HJ\d{8}-\d{3}/.exec(text(said, OFFICER))?.[0] ?? "";
    expect(await state(no)).toMatchObject({
      status: "dispatched",
      callType: "emergency",
      approval: null,
    });
    expect(text(said, "yingji-responder")).toContain("🚨");
    expect(text(said, PRINCIPAL)).toContain(`【待补签】🚨【突发呼叫】${no}`);
    expect(text(said, PRINCIPAL)).toContain(`2小时内补签:同意请回「签批同意 ${no}」`);
    expect(said.filter((one) => one.to === "district-call").map((one) => one.text)).toEqual([
      expect.stringContaining(`🚨【突发呼叫】${no}`),
    ]);
    expect(text(await says(PRINCIPAL, `签批同意 ${no}`), PRINCIPAL)).toContain("已补签");
    expect(await state(no)).toMatchObject({
      status: "dispatched",
      approval: { by: { personId: PRINCIPAL } },
    });
  });
});
