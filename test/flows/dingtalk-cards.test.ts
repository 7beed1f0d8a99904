import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ack } from "../support/dingtalk-gateway/deliveries.ts";
import { type Gateway, PATHS } from "../support/dingtalk-gateway/gateway.ts";
import type { Card } from "../support/dingtalk-gateway/world.ts";
import { type OnDingTalk, openOnDingTalk } from "../support/on-dingtalk.ts";
import { eventually, type RunningProduct, startProduct } from "../support/product.ts";

const ENV = {
  SANDBOX: "1",
  PUBLIC_URL: "https://yihu.example.gov.cn",
  DINGTALK_CARD_TEMPLATE_ID: "yihu.schema",
  EMERGENCY_DING: "1",
};
const DISPATCHER = "wangchao-dispatcher-1";
const HANDLER = "wangchao-huanwei-1";
const DAY = 86_400_000;

// The whole product, the real SDK, a simulated DingTalk, and the sandbox's clock beside it.
describe("cards on DingTalk", () => {
  let town: OnDingTalk;
  let gateway: Gateway;
  let product: RunningProduct;

  beforeAll(async () => {
    town = await openOnDingTalk(ENV);
    ({ gateway, product } = town);
    const { body } = await product.api("/sandbox/clock");
    await product.api("/sandbox/clock", { now: nextMonday(String(body.now)) });
  });
  afterAll(async () => {
    await product.stop();
    await town.close();
  });

  const cardsOf = (no: string, space: string): Card[] =>
    gateway
      .cards()
      .filter((card) => card.spaces[0]?.endsWith(`.${space}`) && title(card).includes(no));
  /** Waits for the newest card about `no` at `space` to look as said. */
  const cardAt = (no: string, space: string, looks: (card: Card) => boolean = () => true) =>
    eventually(async () => {
      const card = cardsOf(no, space).at(-1);
      return card !== undefined && looks(card) ? card : null;
    });
  const title = (card: Card) => card.cardParamMap.title ?? "";
  const labels = (card: Card) =>
    [1, 2, 3].flatMap((n) =>
      card.cardParamMap[`show${n}`] === "true" ? [card.cardParamMap[`label${n}`]] : [],
    );
  const press = (card: Card, userId: string, label: string, note?: string): Promise<Ack> => {
    const place = [1, 2, 3].find((n) => card.cardParamMap[`label${n}`] === label);
    if (place === undefined) throw new Error(`There is no 「${label}」 on the card.`);
    const action = card.cardParamMap[`action${place}`];
    return gateway.pressCard(card.outTrackId, userId, { action, ...(note ? { note } : {}) });
  };
  const stepsOf = async (no: string): Promise<string[]> =>
    ((await product.api(`/api/events/${no}`)).body.steps as { action: string }[]).map(
      ({ action }) => action,
    );
  const statusBecomes = (no: string, status: string) =>
    eventually(async () =>
      (await product.api(`/api/events/${no}`)).body.status === status ? true : null,
    );
  async function reported(who: string, words: string): Promise<string> {
    const group = gateway.group("cid-nantang-3", "南塘3网格群");
    await group.says(who, words);
    return /SJ\d{8}-\d{4}/.exec((await group.hears(/已登记 SJ/)).text)?.[0] ?? "";
  }
  const commandRoom = () => gateway.group("cid-wangchao-work", "望潮街道工作群");
  async function assigned(no: string): Promise<Card> {
    await commandRoom().says(DISPATCHER, `受理 ${no},交办给环卫所`);
    return cardAt(no, HANDLER);
  }

  it("take an event from 受理 over 签收 to 办结, each press once, each by whoever may", async () => {
    commandRoom();
    const no = await reported("auntie-li", "学院公寓3幢楼下垃圾桶满出来了 三天没人倒");
    const first = await cardAt(no, "cid-wangchao-work");
    expect(first.cardParamMap).toMatchObject({
      title: expect.stringContaining(`【待受理】${no}`),
      lines: expect.stringContaining(`受理请回「受理 ${no}」`),
      show1: "true",
      label1: "受理",
      opens1: "false",
      show2: "false",
    });
    expect(Object.values(first.cardParamMap).every((value) => typeof value === "string")).toBe(
      true,
    );

    // In a group anybody can press; the right is asked for as of whoever types.
    await press(first, "resident-zhang", "受理");
    await commandRoom().hears(/您没有受理权限/);
    expect(await stepsOf(no)).toEqual(["report"]);
    const again = await cardAt(
      no,
      "cid-wangchao-work",
      (card) => card.cardParamMap.action1 !== "accept.1",
    );
    const acks = await Promise.all([
      press(again, DISPATCHER, "受理"),
      press(again, DISPATCHER, "受理"),
    ]);
    expect(acks.every(({ code, afterMs }) => code === 200 && afterMs < 2_000)).toBe(true);
    await commandRoom().hears(`已受理 ${no}`);
    const done = await cardAt(no, "cid-wangchao-work", (card) => labels(card).length === 0);
    expect(done.cardParamMap.status).toContain("已经办过");
    expect(title(done)).toContain(no);
    expect(await stepsOf(no)).toEqual(["report", "accept"]);

    await commandRoom().says(DISPATCHER, `交办 ${no} 给环卫所`);
    const given = await cardAt(no, HANDLER);
    expect(labels(given)).toEqual(["签收"]);
    await press(given, "lianfang-huanwei-1", "签收");
    await gateway.person("lianfang-huanwei-1").hears(/不是发给您的/);
    expect(await stepsOf(no)).not.toContain("sign");
    const mine = await cardAt(no, HANDLER, (card) => card.cardParamMap.action1 !== "sign.1");
    await press(mine, HANDLER, "签收");
    await gateway.person(HANDLER).hears(`已签收 ${no}`);
    const signed = await cardAt(no, HANDLER, (card) => labels(card).includes("办结"));
    const { action1 } = signed.cardParamMap;
    await press(signed, HANDLER, "办结");
    await gateway.person(HANDLER).hears(new RegExp(`${no}`));
    expect(await stepsOf(no)).not.toContain("complete");
    const wants = await cardAt(no, HANDLER, (card) => card.cardParamMap.action1 !== action1);
    await press(wants, HANDLER, "办结", "已清运并冲洗");
    await statusBecomes(no, "completed");
    await cardAt(no, HANDLER, (card) => labels(card).length === 0);
    expect((await stepsOf(no)).filter((step) => step === "sign")).toHaveLength(1);
    // A press on a button that was already taken away is told so and does nothing.
    await gateway.pressCard(wants.outTrackId, HANDLER, { action: "sign.9" });
    await gateway.person(HANDLER).hears(/已经办过,没有再做一次/);
  });

  it("sign a call, answer it and lead to the check-in page", async () => {
    const calls = gateway.group("cid-district-call", "街呼区应呼叫群");
    const words =
      "发起街呼区应 滨河路夜市占道+油烟 反复整治回潮 要综合执法 市场监管 明晚8点滨河路解放街口集中";
    await calls.says("wangchao-officer-1", words);
    const no = /HJ\d{8}-\d{3}/.exec((await calls.hears(/已起草呼叫工单/)).text)?.[0] ?? "";
    const toSign = await cardAt(no, "wangchao-principal");
    await press(toSign, "wangchao-principal", "签批同意");
    await calls.hears(`【待研判】${no}`);
    await cardAt(no, "wangchao-principal", (card) => labels(card).length === 0);

    await calls.says(
      "district-dispatcher-1",
      `派遣 ${no} 综合执法2人 市场监管2人 明晚8点到滨河路解放街口`,
    );
    const asked = await cardAt(no, "zhifa-responder");
    expect(labels(asked)).toEqual(["收到", "不响应", "到了"]);
    expect(asked.cardParamMap).toMatchObject({
      opens1: "false",
      opens3: "true",
      url: expect.stringMatching(/^https:\/\/yihu\.example\.gov\.cn\/c\/\S{20,}$/),
    });
    await press(asked, "zhifa-responder", "收到");
    const coming = await cardAt(no, "zhifa-responder", (card) => labels(card).length === 1);
    expect(coming.cardParamMap).toMatchObject({ label1: "到了", opens1: "true" });
    expect(coming.cardParamMap.url).toContain("/c/");

    const other = await cardAt(no, "shijian-responder");
    await press(other, "shijian-responder", "不响应", "当晚有专项行动");
    await calls.hears(/【不响应】[\s\S]*当晚有专项行动/);
    expect((await product.api(`/api/call-tickets/${no}`)).body).toMatchObject({
      responses: [{ status: "accepted" }, { status: "declined" }],
    });
  });

  it("work after a restart", async () => {
    const no = await reported("auntie-wang", "学院公寓5幢门口路灯不亮");
    const card = await cardAt(no, "cid-wangchao-work");
    await product.kill();
    product = await startProduct({ ...town.home.env, ...gateway.env(), ...ENV });
    await press(card, DISPATCHER, "受理");
    await commandRoom().hears(`已受理 ${no}`, 15_000);
    await cardAt(no, "cid-wangchao-work", (now) => labels(now).length === 0);
  });

  it("give way to a newer one", async () => {
    const no = await reported("uncle-chen", "学院公寓8幢楼下垃圾没人扫");
    const old = await assigned(no);
    const before = { ...old.cardParamMap };
    await product.api("/sandbox/clock", { advance: "P3D" });
    const newer = await cardAt(no, HANDLER, (card) => card.outTrackId !== old.outTrackId);
    expect(labels(newer)).toEqual(["签收"]);
    await eventually(async () => (labels(old).length === 0 ? true : null));
    expect(old.cardParamMap.status).toContain("已有新卡片");
    await gateway.pressCard(old.outTrackId, HANDLER, { action: before.action1 });
    await gateway.person(HANDLER).hears(`已有新的代替,没有操作。请按新卡片,或直接回「签收 ${no}」`);

    // Reminders bring further cards, how many depends on how busy the machine is: only the newest has buttons.
    await product.api("/sandbox/clock", { advance: "P10D" });
    const earlier = cardsOf(no, HANDLER).slice(0, -1);
    await eventually(
      async () => (earlier.every((card) => labels(card).length === 0) ? true : null),
      90_000,
    );
    for (const card of earlier) expect(card.cardParamMap.status).toMatch(/已有新卡片|已过期/);
    expect(await stepsOf(no)).not.toContain("sign");
  });

  it("go as text, once, while the platform shows none, and as text at once in an emergency", async () => {
    gateway.faults.always(PATHS.createCard, "busy");
    const no = await reported("aunt-sun", "学院公寓2幢楼道灯坏了");
    await commandRoom().hears(`【待受理】${no}`, 30_000);
    gateway.faults.clear(PATHS.createCard);
    await commandRoom().says(DISPATCHER, `受理 ${no}`);
    await commandRoom().hears(`已受理 ${no}`);
    const told = commandRoom()
      .said()
      .filter(({ text }) => text.includes(`【待受理】${no}`));
    expect(told.map(({ via }) => via)).toEqual(["groupSend"]);

    const neighbours = gateway.group("cid-hebin-1", "河滨1网格群");
    await neighbours.says("resident-wu", "着火了着火了!!河滨花园9幢5楼冒黑烟");
    await neighbours.hears(/^请立即拨打 119/);
    const rung = await gateway.person("wangchao-dispatcher-2").hears(/🚨【紧急】.*火灾/);
    expect(["ding", "privateSend"]).toContain(rung.via);
    await eventually(async () => (gateway.sent().some(({ via }) => via === "ding") ? true : null));
  });

  it("welcome people where the bot is put into a group, with what is kept of theirs", async () => {
    const residents = gateway.group("cid-nantang-1", "南塘1网格群");
    const delivery = await gateway.joins("cid-nantang-1", "wangchao-dispatcher-1");
    expect(await delivery.acked()).toMatchObject({ code: 200, data: '{"status":"SUCCESS"}' });
    const welcome = await residents.hears(/大家好,我是一呼/);
    expect(welcome.text).toMatch(/拨打 119[\s\S]*【隐私说明】[\s\S]*删除我的信息/);
    await delivery.again();
    await delivery.acked(2_000, 2);
    await gateway.joins("cid-strange", "somebody");
    await gateway.group("cid-strange", "陌生群").hears(/会话编号 cid-strange/);
    expect(residents.said().filter(({ text }) => text.includes("大家好"))).toHaveLength(1);
  });
});

function nextMonday(now: string): string {
  const local = new Date(Date.parse(now) + 8 * 3_600_000);
  const ahead = ((8 - local.getUTCDay()) % 7) + 7;
  return `${new Date(local.getTime() + ahead * DAY).toISOString().slice(0, 10)}T09:00:00+08:00`;
}
