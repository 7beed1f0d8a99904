import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Gateway } from "../support/dingtalk-gateway/gateway.ts";
import { type OnDingTalk, openOnDingTalk } from "../support/on-dingtalk.ts";
import type { RunningProduct } from "../support/product.ts";

// The whole product in a process of its own, the real DingTalk SDK, a simulated DingTalk, and the
// sandbox's clock beside it, so that two days pass in a moment.
describe("the life of a call on DingTalk", () => {
  let town: OnDingTalk;
  let gateway: Gateway;
  let product: RunningProduct;

  beforeAll(async () => {
    town = await openOnDingTalk({ SANDBOX: "1", PUBLIC_URL: "https://yihu.example.gov.cn" });
    ({ gateway, product } = town);
    await product.api("/sandbox/clock", { now: nextMonday("09:00") });
  }, 90_000);
  afterAll(() => town.close());

  it("goes draft → signature → dispatch → responses → arrivals → completion → closing with scores", async () => {
    const calls = gateway.group("cid-district-call", "街呼区应呼叫群");
    const street = gateway.group("cid-wangchao-work", "望潮街道工作群");
    const principal = gateway.person("wangchao-principal");
    const zhifa = gateway.person("zhifa-responder");
    const shijian = gateway.person("shijian-responder");
    const supervisor = gateway.person("district-supervisor");

    await calls.says(
      "wangchao-officer-1",
      "发起街呼区应 滨河路夜市占道+油烟 反复整治回潮 要综合执法 市场监管 明晚8点滨河路解放街口集中",
    );
    const no = /HJ\d{8}-\d{3}/.exec((await calls.hears(/已起草呼叫工单/)).text)?.[0] ?? "";
    await principal.hears(`【待签批】${no}`);
    await principal.says(`签批同意 ${no}`);
    await principal.hears(`已签批 ${no}`);
    await calls.hears(`【待研判】${no}`);

    await calls.says(
      "district-dispatcher-1",
      `派遣 ${no} 综合执法2人 市场监管2人 明晚8点到滨河路解放街口 联系陈科`,
    );
    const link =
      /https:\/\/yihu\.example\.gov\.cn(\/c\/\S+)/.exec(
        (await zhifa.hears(`【派遣】${no}`)).text,
      )?.[1] ?? "";
    await shijian.hears(`【派遣】${no}`);
    await street.hears(`【已派遣】${no}`);

    await zhifa.says("收到 2人准时到");
    await zhifa.hears(`已登记响应 ${no}`);
    await shijian.says(`收到 ${no} 2人`);
    await shijian.hears(`已登记响应 ${no}`);

    await product.api("/sandbox/clock", { advance: "PT34H50M" }); // Tuesday 19:50
    const { body: ticket } = await product.api(`/api/call-tickets/${no}`);
    const { lng, lat } = ticket.reportPlace as { lng: number; lat: number };
    // The link of the dispatch, opened on the phone at the place.
    const checkIn = await product.api(link, { lng, lat, accuracyM: 20, headcount: 2 });
    expect(checkIn.status).toBe(200);
    await street.hears(/综合行政执法局 .*到场,准时/);

    await product.api("/sandbox/clock", { advance: "PT25M" }); // 20:15
    await shijian.says("到了");
    await shijian.hears(/等街道确认/);
    await street.says("wangchao-officer-1", `确认到场 ${no} 市场监管`);
    await street.hears(/市场监督管理局 .*到场,迟到/);

    await zhifa.says(`办结反馈 ${no} 拆除占道棚3处 立案2起`);
    await zhifa.hears(`已收反馈 ${no}`);
    await shijian.says(`办结反馈 ${no} 查处无证经营2家`);
    await street.hears(/请提结案意见/);
    await street.says(
      "wangchao-officer-1",
      `结案 ${no} 两家都办完了 同意结案 综合执法95 市场监管来晚给70`,
    );
    await street.hears(`已结案 ${no}`);
    await supervisor.hears(/【待认定】[\s\S]*迟到/);

    const { body } = await product.api(`/api/call-tickets/${no}`);
    expect(body).toMatchObject({
      status: "closed",
      responses: [
        { deptCode: "SLQ-ZF", score: 95, faults: [], checkIn: { late: false } },
        { deptCode: "SLQ-SJ", score: 70, faults: ["lateArrival"], checkIn: { late: true } },
      ],
    });
  }, 90_000);
});

/** A Monday morning that lies ahead, whatever day the test runs on. */
function nextMonday(time: string): string {
  const now = new Date(Date.now() + 8 * 3_600_000);
  const ahead = ((8 - now.getUTCDay()) % 7) + 7;
  const day = new Date(now.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  return `${day}T${time}:00+08:00`;
}
