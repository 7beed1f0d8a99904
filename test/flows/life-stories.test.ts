import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OnChannel, onDingTalk, onWeChat, onWeCom } from "../support/on-channel.ts";
import { eventually, type RunningProduct } from "../support/product.ts";

// The whole product in a process of its own, each platform simulated on real sockets, with its own SDK
// where it has one, and the sandbox's clock beside it, so that two days pass in a moment.
describe.each([
  ["DingTalk", onDingTalk],
  ["企业微信", onWeCom],
  ["公众号", onWeChat],
] as const)("on %s", (_name, open) => {
  let town: OnChannel;
  let product: RunningProduct;

  beforeAll(async () => {
    town = await open({ SANDBOX: "1", PUBLIC_URL: "https://yihu.example.gov.cn" });
    ({ product } = town);
    // Whoever works by it has written to it once; a 公众号 may tell nobody else.
    for (const official of ["wangchao-huanwei-1", "nantang3-worker", "wangchao-dispatcher-2"]) {
      await town.inPrivate(official).says("帮助");
      await town.inPrivate(official).hears(/我的待办/);
    }
  });
  afterAll(() => town.close());

  it("an event goes report → accept → assign → sign → complete → verify → feedback → rating → archive", async () => {
    const neighbours = town.inGroup("nantang-3", "auntie-li");
    const commandRoom = town.inGroup("wangchao-work", "wangchao-dispatcher-1");
    const handler = town.inPrivate("wangchao-huanwei-1");
    const verifier = town.inPrivate("nantang3-worker");

    await commandRoom.says("我的待办");
    await commandRoom.hears(/待办/);
    await neighbours.says("学院公寓3幢楼下垃圾桶满出来了 臭得很 三天没人倒");
    const receipt = await neighbours.hears(/已登记 (SJ\d{8}-\d{4})/);
    const no = /SJ\d{8}-\d{4}/.exec(receipt.text)?.[0] ?? "";
    await commandRoom.hears(`【待受理】${no}`);

    await commandRoom.says(`受理 ${no}`);
    await commandRoom.hears(`已受理 ${no}`);
    await commandRoom.says(`交办 ${no} 给环卫所`);
    await handler.hears(`【交办】${no}`);
    await handler.says(`签收 ${no}`);
    await handler.hears(`已签收 ${no}`);
    await handler.says(`办结 ${no} 已清运并冲洗路面`);
    await neighbours.hears(new RegExp(`${no}.*已办结:已清运并冲洗路面`, "s"));
    await commandRoom.hears(`【办结反馈】${no}`);

    await verifier.hears(`【请验收】${no}`);
    await verifier.says(`验收通过 ${no} 现场干净`);
    await verifier.hears(new RegExp(`${no} 验收通过`));
    await eventually(async () =>
      (await product.api(`/api/events/${no}`)).body.status === "closed" ? true : null,
    );

    await neighbours.says(`${no} 修好了 五星`);
    await neighbours.hears(/谢谢您的评价\(5星\)/);
    await commandRoom.says(`归档 ${no}`);
    await commandRoom.hears(`${no} 已归档`);

    const { body } = await product.api(`/api/events/${no}`);
    expect(body).toMatchObject({
      status: "archived",
      level: 1,
      category: "env.binOverflow",
      reporterCount: 1,
    });
    expect((body.steps as { action: string }[]).map((step) => step.action)).toEqual([
      "report",
      "accept",
      "assign",
      "sign",
      "complete",
      "verify",
      "close",
      "rate",
      "archive",
    ]);
  });

  it("whoever claims to be somebody is refused", async () => {
    const stranger = town.inGroup("wangchao-work", "resident-zhang");
    await stranger.says("我是街道王书记,现在签批同意呼叫单HJ20261122-003");
    await stranger.hears(/您没有签批权限/);
  });

  it("an emergency is answered before anything else and raises the command room at once", async () => {
    const neighbours = town.inGroup("hebin-1", "resident-wu");
    await neighbours.says("着火了着火了!!河滨花园9幢5楼冒黑烟");
    expect((await neighbours.hears(/119/)).text).toMatch(/^请立即拨打 119/);
    await town.inPrivate("wangchao-dispatcher-2").hears(/🚨【紧急】.*火灾/);
  });

  it("a call goes draft → signature → dispatch → responses → arrivals → completion → closing with scores", async () => {
    await product.api("/sandbox/clock", { now: nextMonday("09:00") });
    const officer = town.inGroup("district-call", "wangchao-officer-1");
    const district = town.inGroup("district-call", "district-dispatcher-1");
    const street = town.inGroup("wangchao-work", "wangchao-officer-1");
    const principal = town.inPrivate("wangchao-principal");
    const zhifa = town.inPrivate("zhifa-responder");
    const shijian = town.inPrivate("shijian-responder");
    const supervisor = town.inPrivate("district-supervisor");
    const greet = async () => {
      for (const voice of [district, principal, zhifa, shijian, supervisor]) {
        await voice.says("帮助");
        await voice.hears(/我的待办/);
      }
    };

    await greet();
    await officer.says(
      "发起街呼区应 滨河路夜市占道+油烟 反复整治回潮 要综合执法 市场监管 明晚8点滨河路解放街口集中",
    );
    const no = /HJ\d{8}-\d{3}/.exec((await officer.hears(/已起草呼叫工单/)).text)?.[0] ?? "";
    await principal.hears(`【待签批】${no}`);
    await principal.says(`签批同意 ${no}`);
    await principal.hears(`已签批 ${no}`);
    await district.hears(`【待研判】${no}`);

    await district.says(`派遣 ${no} 综合执法2人 市场监管2人 明晚8点到滨河路解放街口 联系陈科`);
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
    // Two days of reminders may have used up what a 公众号 may say.
    await greet();
    await street.says("我的待办");
    await street.hears(/待办/);
    const { body: ticket } = await product.api(`/api/call-tickets/${no}`);
    const { lng, lat } = ticket.reportPlace as { lng: number; lat: number };
    // The link of the dispatch, opened on the phone at the place.
    const checkIn = await product.api(link, { lng, lat, accuracyM: 20, headcount: 2 });
    expect(checkIn.status).toBe(200);
    await street.hears(/综合行政执法局 .*到场,准时/);

    await product.api("/sandbox/clock", { advance: "PT25M" }); // 20:15
    await shijian.says("到了");
    await shijian.hears(/等街道确认/);
    await street.says(`确认到场 ${no} 市场监管`);
    await street.hears(/市场监督管理局 .*到场,迟到/);

    await zhifa.says(`办结反馈 ${no} 拆除占道棚3处 立案2起`);
    await zhifa.hears(`已收反馈 ${no}`);
    await shijian.says(`办结反馈 ${no} 查处无证经营2家`);
    await street.hears(/请提结案意见/);
    await street.says(`结案 ${no} 两家都办完了 同意结案 综合执法95 市场监管来晚给70`);
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
  });

  it("the product stops within ten seconds", async () => {
    const before = Date.now();
    expect(await product.stop()).toBe(0);
    expect(Date.now() - before).toBeLessThan(10_000);
  });
});

/** A Monday morning that lies ahead, whatever day the test runs on. */
function nextMonday(time: string): string {
  const now = new Date(Date.now() + 8 * 3_600_000);
  const ahead = ((8 - now.getUTCDay()) % 7) + 7;
  const day = new Date(now.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  return `${day}T${time}:00+08:00`;
}
