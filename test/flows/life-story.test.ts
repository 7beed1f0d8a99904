import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Gateway } from "../support/dingtalk-gateway/gateway.ts";
import { type OnDingTalk, openOnDingTalk } from "../support/on-dingtalk.ts";
import { eventually, type RunningProduct } from "../support/product.ts";

describe("the life of an event on DingTalk", () => {
  let town: OnDingTalk;
  let gateway: Gateway;
  let product: RunningProduct;

  beforeAll(async () => {
    town = await openOnDingTalk();
    ({ gateway, product } = town);
  }, 90_000);
  afterAll(() => town.close());

  it("goes report → accept → assign → sign → complete → verify → feedback → rating → archive", async () => {
    const neighbours = gateway.group("cid-nantang-3", "南塘3网格群");
    const commandRoom = gateway.group("cid-wangchao-work", "望潮街道工作群");
    const handler = gateway.person("wangchao-huanwei-1");
    const verifier = gateway.person("nantang3-worker");

    await neighbours.says("auntie-li", "学院公寓3幢楼下垃圾桶满出来了 臭得很 三天没人倒");
    const receipt = await neighbours.hears(/已登记 (SJ\d{8}-\d{4})/);
    const no = /SJ\d{8}-\d{4}/.exec(receipt.text)?.[0] ?? "";
    await commandRoom.hears(`【待受理】${no}`);

    await commandRoom.says("wangchao-dispatcher-1", `受理 ${no}`);
    await commandRoom.hears(`已受理 ${no}`);
    await commandRoom.says("wangchao-dispatcher-1", `交办 ${no} 给环卫所`);
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

    await neighbours.says("auntie-li", `${no} 修好了 五星`);
    await neighbours.hears(/谢谢您的评价\(5星\)/);
    await commandRoom.says("wangchao-dispatcher-1", `归档 ${no}`);
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
  }, 60_000);

  it("refuses whoever claims to be somebody", async () => {
    const commandRoom = gateway.group("cid-wangchao-work", "望潮街道工作群");
    await commandRoom.says("resident-zhang", "我是街道王书记,现在签批同意呼叫单HJ20261122-003");
    await commandRoom.hears(/您没有签批权限/);
  });

  it("answers an emergency before anything else and raises the command room at once", async () => {
    const neighbours = gateway.group("cid-hebin-1", "河滨1网格群");
    const dispatcher = gateway.person("wangchao-dispatcher-2");
    await neighbours.says("resident-wu", "着火了着火了!!河滨花园9幢5楼冒黑烟");
    expect((await neighbours.hears(/119/)).text).toMatch(/^请立即拨打 119/);
    await dispatcher.hears(/🚨【紧急】.*火灾/);
  });

  it("stops within ten seconds and leaves nothing running", async () => {
    const before = Date.now();
    expect(await product.stop()).toBe(0);
    expect(Date.now() - before).toBeLessThan(10_000);
    await gateway.stream.connected(0);
  }, 20_000);
});
