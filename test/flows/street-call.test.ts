import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findCall } from "../../db/queries/calls.ts";
import { type Chat, openChat, type Said } from "../support/chat.ts";

const CALLS = "district-call";
const OFFICER = "wangchao-officer-1";
const PRINCIPAL = "wangchao-principal";
const DISTRICT = "district-dispatcher-1";

describe("街呼区应", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  afterAll(() => chat.close());
  const says = (who: string, text: string) => chat.say(who, `private:${who}`, text);
  const to = (said: readonly Said[], who: string) =>
    said
      .filter((one) => one.to === who)
      .map((one) => one.text)
      .join("\n");
  const call = async (no: string) => (await findCall(chat.database, no))?.state ?? null;

  it("goes from the street's message to the district, to the departments on site, and back for a score", async () => {
    const drafted = await chat.say(
      OFFICER,
      CALLS,
      "发起街呼区应 滨河路夜市占道+油烟+噪音 反复整治回潮 要综合执法 市场监管 生态环境 公安 明晚8点滨河路解放街口集中",
    );
    const no = /HJ\d{8}-\d{3}/.exec(to(drafted, CALLS))?.[0] ?? "";
    expect(to(drafted, CALLS)).toContain("已送主要负责同志签批");
    expect(to(drafted, `private:${PRINCIPAL}`)).toContain(`签批同意 ${no}`);
    expect(await call(no)).toMatchObject({
      status: "pendingApproval",
      itemNo: "1",
      wantedDepts: ["SLQ-ZF", "SLQ-SJ", "SLQ-HJ", "SLQ-GA"],
    });

    const signed = await says(PRINCIPAL, `签批同意 ${no}`);
    expect(to(signed, CALLS)).toContain(`派遣 ${no}`);

    const sent = await chat.say(
      DISTRICT,
      CALLS,
      `派遣 ${no} 综合执法2人 市场监管2人 公安1人 11月26日19:40到滨河路解放街口 联系望潮街道陈科`,
    );
    for (const dept of ["zhifa", "shijian", "gongan"])
      expect(to(sent, `private:${dept}-responder`)).toContain("收到");
    expect(to(sent, "private:huanbao-responder")).toBe("");

    expect(
      to(await says("shijian-responder", "收到 市监2人准时到"), "private:shijian-responder"),
    ).toContain("已登记响应");
    await says("zhifa-responder", `收到 ${no} 2人`);
    await says("gongan-responder", "收到 1人");

    chat.clock.advance({ days: 1, hours: 10, minutes: 35 }); // 26 November, 19:35
    expect(
      (await says("zhifa-responder", "堵车晚20分钟")).map((said) => said.text).join(),
    ).toContain("晚20分钟");
    const here = { location: (await call(no))?.reportPlace as { lng: number; lat: number } };
    const arrived = await chat.say("shijian-responder", "private:shijian-responder", "到了", {
      location: { lng: here.location.lng, lat: here.location.lat },
    });
    expect(to(arrived, "private:shijian-responder")).toContain("报到成功");
    const claimed = await says("gongan-responder", "到了");
    expect(to(claimed, "private:gongan-responder")).toContain("等街道确认");
    await says(OFFICER, `确认到场 ${no} 公安`);
    chat.clock.advance({ minutes: 25 }); // 20:00
    await says("zhifa-responder", "到了");
    await says(OFFICER, `确认到场 ${no} 综合执法`);
    expect((await call(no))?.responses.find((one) => one.deptCode === "SLQ-ZF")).toMatchObject({
      status: "checkedIn",
      checkIn: { late: true },
      faults: [{ fault: "lateArrival" }],
    });

    expect(to(await says(OFFICER, `结案 ${no} 都办完了`), `private:${OFFICER}`)).toContain(
      "还有部门没有结果",
    );
    for (const [dept, done] of [
      ["zhifa", "拆除占道棚3处 立案2起"],
      ["shijian", "查处无证2家"],
      ["gongan", "劝离3人"],
    ] as const) {
      await says(`${dept}-responder`, `办结反馈:${done}`);
    }
    expect((await call(no))?.status).toBe("pendingClosing");
    const closed = await says(
      OFFICER,
      `结案 ${no} 三家都办完了 同意结案 综合执法95 市场监管90 公安来晚给70`,
    );
    expect(to(closed, "private:district-supervisor")).toContain("迟到");
    expect(await call(no)).toMatchObject({ status: "closed" });
    expect((await call(no))?.responses.map((one) => [one.deptCode, one.score])).toEqual([
      ["SLQ-ZF", 95],
      ["SLQ-SJ", 90],
      ["SLQ-GA", 70],
    ]);

    await says("district-followup", `回访 ${no} 群众反映已解决 满意`);
    await says("district-supervisor", `认定 ${no} 综合执法 迟到`);
    const circular = await says("district-supervisor", `通报 ${no}`);
    expect(to(circular, "private:zhifa-responder")).toContain("【通报】");
    await says("zhifa-responder", `申诉 ${no} 路上堵车已提前说明`);
    await says(OFFICER, `归档 ${no}`);
    expect((await call(no))?.status).toBe("archived");
  });
});
