import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findCall } from "../../db/queries/calls.ts";
import { openObligationsOf } from "../../db/queries/obligations.ts";
import type { Duty } from "../../services/domain/obligation.ts";
import { jobsOf } from "../../services/jobs/jobs.ts";
import { silentLog } from "../../services/log.ts";
import { type Chat, openChat, type Said } from "../support/chat.ts";

const OFFICER = "wangchao-officer-1";
const PRINCIPAL = "wangchao-principal";
const DISTRICT = "district-dispatcher-1";
const SUPERVISOR = "district-supervisor";
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
  const owedBy = async (no: string, duty?: Duty) =>
    (await openObligationsOf(chat.database, no))
      .filter((row) => duty === undefined || row.duty === duty)
      .map((row) => row.ownerPerson ?? row.ownerOrg);
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

  describe("in the morning of 25 November", () => {
    beforeEach(() => chat.fresh());

    it("that the principal will not sign afterwards leaves the street something to do, and is heard by the district", async () => {
      const said = await says(OFFICER, "突发!桥头厂房外墙要塌 呼住建应急马上到");
      const no = /HJ\d{8}-\d{3}/.exec(text(said, OFFICER))?.[0] ?? "";
      const refused = await says(PRINCIPAL, `退回 ${no} 没有请示过我`);
      expect(refused.map((one) => one.text).join("\n")).toContain("部门已派出,照常处置");
      expect(refused.filter((one) => one.to === "district-call")).toHaveLength(1);
      expect(await owedBy(no, "supplementApproval")).toEqual(["SLQ-WC"]);
      // It may still be signed, or taken back.
      await says(PRINCIPAL, `签批同意 ${no}`);
      expect(await owedBy(no, "supplementApproval")).toEqual([]);
    });

    it("asks the street what to do where every department is silent", async () => {
      const no = await dispatched();
      const heard = await timePasses({ hours: 2, minutes: 1 });
      expect(heard.map((one) => one.text).join("\n")).toContain("已留痕,可以结案");
      expect(await owedBy(no, "closeCall")).toEqual(["SLQ-WC"]);
      await says(OFFICER, `结案 ${no} 两部门都没有响应,街道已自行处置`);
      expect((await state(no)).status).toBe("closed");
    });

    it("does not send anybody into the past", async () => {
      const no = await drafts();
      await says(PRINCIPAL, `签批同意 ${no}`);
      const said = await says(
        DISTRICT,
        `派遣 ${no} 综合执法2人 市场监管2人 昨天10点 滨河路解放街口`,
      );
      expect(text(said, DISTRICT)).toMatch(/报到时间.*已经过了.*明天上午9点/);
      expect((await state(no)).status).toBe("approved");
      const late = await says(OFFICER, `${DRAFT.replace("明天下午3点", "昨天下午3点")}`);
      expect(text(late, OFFICER)).toContain("什么时间");
    });

    it("gives a department more time once, when the district agrees", async () => {
      const no = await dispatched();
      await says("zhifa-responder", `收到 ${no} 2人`);
      await says("zhifa-responder", `到了 ${no}`);
      await says(OFFICER, `确认到场 ${no} 综合执法`);
      const before = (await response(no, "SLQ-ZF"))?.completeBy;
      const asked = await says("zhifa-responder", `申请延期 ${no} 5个工作日 要等鉴定`);
      expect(asked.map((one) => one.text).join("\n")).toContain(`同意请回「同意延期 ${no}`);
      expect(await owedBy(no, "decideDelay")).toEqual(["SLQ"]);
      const agreed = await says(DISTRICT, `同意延期 ${no} 综合执法`);
      expect(text(agreed, "zhifa-responder")).toContain("【同意延期】");
      const after = (await response(no, "SLQ-ZF"))?.completeBy;
      expect(Number(after) - Number(before)).toBeGreaterThanOrEqual(7 * 86_400_000);
      const again = await says("zhifa-responder", `申请延期 ${no} 3个工作日 还要等`);
      expect(text(again, "zhifa-responder")).toContain("只能延一次");
    });

    it("is taken back by the principal when departments are on their way, who hear of it", async () => {
      const no = await dispatched();
      expect(text(await says(OFFICER, `撤销 ${no} 已经散了`), OFFICER)).toContain("不能撤销");
      const said = await says(PRINCIPAL, `撤销 ${no} 夜市已经散了`);
      expect(text(said, "zhifa-responder")).toContain(`【撤销】${no}`);
      expect((await state(no)).status).toBe("canceled");
      expect(await owedBy(no)).toEqual([]);
    });

    it("has the circular seen before it goes out, sent once, and what is put right told of", async () => {
      const no = await dispatched();
      await timePasses({ hours: 2, minutes: 1 });
      const found = text(await says(SUPERVISOR, `认定 ${no} 市场监管 不响应`), SUPERVISOR);
      expect(found).toContain(`【通报】${no}`);
      expect(found).toContain("市场监督管理局:不响应");
      expect(text(await says(SUPERVISOR, `通报 ${no} 综合执法`), SUPERVISOR)).toContain(
        "还没有认定",
      );
      expect(text(await says(SUPERVISOR, `通报 ${no}`), "shijian-responder")).toContain("答复");
      expect(text(await says(SUPERVISOR, `通报 ${no}`), SUPERVISOR)).toContain("已经通报过");
      await says(OFFICER, `结案 ${no} 街道自行处置`);
      const mended = await says("shijian-responder", `答复 ${no} 已约谈值班员并补派2人`);
      expect(text(mended, SUPERVISOR)).toContain("已约谈值班员并补派2人");
    });
  });
});
