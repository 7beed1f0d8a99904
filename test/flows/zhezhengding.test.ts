import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  eventually,
  type ProductHome,
  productHome,
  type RunningProduct,
  runCommand,
  startProduct,
} from "../support/product.ts";
import { zwddDistrict } from "../support/zwdd-district.ts";
import { startZwddGateway, type ZwddGateway } from "../support/zwdd-gateway/gateway.ts";

// The whole product in a process of its own and a simulated 浙政钉: signed forms out, callbacks in.
describe("浙政钉", () => {
  const { folder, accountOf } = zwddDistrict();
  let gateway: ZwddGateway;
  let home: ProductHome;
  let product: RunningProduct;

  beforeAll(async () => {
    gateway = await startZwddGateway();
    home = await productHome();
    const imported = await runCommand("db/registry/import-command.ts", [folder], home.env);
    expect(imported.stderr).toBe("");
    product = await startProduct({
      ...home.env,
      ...gateway.env(),
      EMERGENCY_DING: "1",
      ZWDD_DING_CREATOR: "77999999",
    });
    gateway.callsBack(`${product.url}/channels/zhezhengding`);
  });
  afterAll(async () => {
    await product.stop();
    await gateway.stop();
    await home.remove();
  });

  const said = async (answer: Promise<Response>) => expect((await answer).status).toBe(200);

  it("carries an event from the report to its closing", async () => {
    const neighbours = gateway.group("zz-nantang-3");
    const commandRoom = gateway.group("zz-wangchao-work");
    const dispatcher = accountOf("wangchao-dispatcher-1");
    const handler = gateway.person(accountOf("wangchao-huanwei-1"));
    const verifier = gateway.person(accountOf("nantang3-worker"));

    await said(neighbours.says("88001", "学院公寓3幢楼下垃圾桶满出来了 臭得很 三天没人倒"));
    const receipt = await neighbours.hears(/已登记 (SJ\d{8}-\d{4})/);
    const no = receipt.match[1] ?? "";
    await commandRoom.hears(`【待受理】${no}`);
    await said(commandRoom.says(dispatcher, `受理 ${no}`));
    await commandRoom.hears(`已受理 ${no}`);
    await said(commandRoom.says(dispatcher, `交办 ${no} 给环卫所`));
    await handler.hears(`【交办】${no}`);
    await said(handler.says(`签收 ${no}`));
    await handler.hears(`已签收 ${no}`);
    await said(handler.says(`办结 ${no} 已清运并冲洗路面`));
    await neighbours.hears(new RegExp(`${no}.*已办结:已清运并冲洗路面`, "s"));
    await verifier.hears(`【请验收】${no}`);
    await said(verifier.says(`验收通过 ${no} 现场干净`));
    await eventually(async () =>
      (await product.api(`/api/events/${no}`)).body.status === "closed" ? true : null,
    );
    await said(commandRoom.says("88002", `归档 ${no}`));
    await commandRoom.hears(/您没有.*权限/);
  });

  it("carries a call from the draft to the departments' answers", async () => {
    const calls = gateway.group("zz-district-call");
    const principal = gateway.person(accountOf("wangchao-principal"));
    const zhifa = gateway.person(accountOf("zhifa-responder"));
    const words =
      "发起街呼区应 滨河路夜市占道+油烟 反复整治回潮 要综合执法 市场监管 明晚8点滨河路解放街口集中";
    await said(calls.says(accountOf("wangchao-officer-1"), words));
    const no = (await calls.hears(/(HJ\d{8}-\d{3})/)).match[1] ?? "";
    await principal.hears(`【待签批】${no}`);
    await said(principal.says(`签批同意 ${no}`));
    await calls.hears(`【待研判】${no}`);
    const sent = `派遣 ${no} 综合执法2人 市场监管2人 明晚8点到滨河路解放街口`;
    await said(calls.says(accountOf("district-dispatcher-1"), sent));
    const asked = await zhifa.hears(`【派遣】${no}`);
    expect(asked.text).toMatch(/\/c\/\S+/);
    await said(zhifa.says("收到 2人准时到"));
    await zhifa.hears(`已登记响应 ${no}`);
    const { body } = await product.api(`/api/call-tickets/${no}`);
    expect(body).toMatchObject({ responses: [{ status: "accepted" }, { status: "notified" }] });
  });

  it("rings those on duty in the command room in an emergency, after the number to ring", async () => {
    const neighbours = gateway.group("zz-hebin-1");
    await said(neighbours.says("88003", "着火了着火了!!河滨花园9幢5楼冒黑烟"));
    expect((await neighbours.hears(/119/)).text).toMatch(/^请立即拨打 119/);
    await gateway.person(accountOf("wangchao-dispatcher-1")).hears(/^\[DING\] 🚨【紧急】.*火灾/);
    expect(gateway.calls().every(({ status }) => status === 200)).toBe(true);
  });
});
