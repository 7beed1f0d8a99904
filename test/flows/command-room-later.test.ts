import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import {
  bring,
  DISPATCHER,
  DISTRICT,
  GROUP,
  HANDLER,
  heard,
  inPrivate,
  NEIGHBOUR,
  owed,
  PRINCIPAL,
  reported,
  SUPERVISOR,
  statusOf,
  WORK,
} from "./town.ts";

const WATER = "shuiwu-responder";

let chat: Chat;
let no = "";
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(async () => {
  await chat.fresh();
  no = await reported(chat);
});
afterAll(() => chat.close());
const orders = (text: string) => chat.say(DISPATCHER, WORK, text);
const told = async (text: string) => heard(await orders(text), WORK);
const alone = async (who: string, text: string) =>
  heard(await chat.say(who, inPrivate(who), text), inPrivate(who));

describe("merging", () => {
  it("tells all reporters once, and once of the result", async () => {
    const other = await reported(
      chat,
      "学院公寓3幢门口垃圾臭死了",
      "uncle-wang",
      inPrivate("uncle-wang"),
    );
    const merged = await orders(`${other} 并入 ${no}`);
    expect(heard(merged, inPrivate("uncle-wang"))).toContain(`和 ${no} 是同一件事`);
    expect(heard(merged, GROUP)).toBe("");
    expect(await statusOf(chat, other)).toBe("merged");

    const done = await bring(chat, no, "completed");
    expect(done.filter((one) => one.to === inPrivate("uncle-wang"))).toHaveLength(1);
    expect(done.filter((one) => one.to === GROUP)).toHaveLength(1);
  });
});

describe("sending up to the district", () => {
  it("has the district assign it, and gives it back to the district when a department returns it", async () => {
    await bring(chat, no, "handling");
    const up = await orders(`上报 ${no} 跨街道河道污染`);
    expect(heard(up, inPrivate(DISTRICT))).toContain(`【街道上报】${no}`);
    expect(heard(up, inPrivate(HANDLER))).toContain("不用再办");
    expect(await owed(chat, no)).toEqual(["assign SLQ 11月26日17:30"]);

    await chat.say(DISTRICT, inPrivate(DISTRICT), `交办 ${no} 给水务`);
    await alone(WATER, `签收 ${no}`);
    const returned = await chat.say(WATER, inPrivate(WATER), `退单 ${no} 属街道事权`);
    expect(heard(returned, inPrivate(WATER))).toContain("区指挥中心会改派");
    expect(heard(returned, inPrivate(DISTRICT))).toContain(`【退单】${no}`);
    expect(await statusOf(chat, no)).toBe("escalated");
    expect(await owed(chat, no)).toEqual(["assign SLQ 11月26日17:30"]);

    const back = await chat.say(DISTRICT, inPrivate(DISTRICT), `退单 ${no} 属街道事权`);
    expect(heard(back, WORK)).toContain(`【退单】${no}`);
    expect(await statusOf(chat, no)).toBe("accepted");
    expect(await owed(chat, no)).toEqual(["assign SLQ-WC 11月26日17:30"]);
  });
});

describe("demands from above", () => {
  it("are owed an answer, which the command room hears", async () => {
    await bring(chat, no, "handling");
    const asked = await orders(`督办 ${no} 明天12点前回`);
    expect(heard(asked, inPrivate(HANDLER))).toMatch(/【督办】.*明天12点前回.*请回「进展/s);
    expect(await owed(chat, no)).toContain(`answerSupervision ${HANDLER} 11月26日12:00`);
    const answered = await chat.say(HANDLER, inPrivate(HANDLER), `进展 ${no} 已联系清运车`);
    expect(heard(answered, WORK)).toContain(`【督办答复】${no}`);
    expect(await owed(chat, no)).toEqual([`complete ${HANDLER} 12月2日17:30`]);
  });

  it("pass to the next handler with their clock", async () => {
    await bring(chat, no, "handling");
    await orders(`督办 ${no}`);
    chat.clock.advance({ days: 1 });
    await alone(HANDLER, `退单 ${no} 不属我们`);
    await orders(`交办 ${no} 给综合执法中队`);
    expect(await owed(chat, no)).toContain("answerSupervision SLQ-WC-ZFZD 11月26日17:30");
  });

  it("push the command room while nobody holds the event", async () => {
    const said = await chat.say(SUPERVISOR, inPrivate(SUPERVISOR), `督办 ${no} 限期`);
    expect(heard(said, WORK)).toContain("还没有承办单位,请尽快受理、交办");
    expect(heard(said, inPrivate(SUPERVISOR))).toContain("已转指挥室");
  });

  it("are the leaders' to make, with something to say", async () => {
    await bring(chat, no, "handling");
    expect(await alone(PRINCIPAL, `批示 ${no}`)).toContain(`例如「批示 ${no} 今天必须到现场」`);
    expect(await alone(PRINCIPAL, `批示 ${no} 今天必须到现场`)).toContain("望潮街道环卫所,须答复");
    expect(await alone(NEIGHBOUR, `督办 ${no}`)).toContain("您没有督办权限");
  });
});

describe("consultation", () => {
  it("stops the clock, tells the handler, and adds the time it took", async () => {
    await bring(chat, no, "handling");
    const begun = await orders(`会商 ${no} 职能交叉`);
    expect(heard(begun, inPrivate(DISTRICT))).toContain(`【会商】${no}`);
    expect(heard(begun, inPrivate(HANDLER))).toContain("期限暂停计时");
    // Only a conclusion is owed meanwhile.
    expect(await owed(chat, no)).toEqual(["assess SLQ-WC 12月2日17:30"]);

    chat.clock.advance({ hours: 2 });
    expect(await told(`会商结论 ${no}`)).toContain(`会商结论 ${no} 由市政牵头`);
    const concluded = await orders(`会商结论 ${no} 由综合执法牵头`);
    expect(concluded.filter((one) => one.to === WORK)).toHaveLength(1);
    expect(heard(concluded, inPrivate(HANDLER))).toContain("没有再交办给您的不用办");
    expect(await statusOf(chat, no)).toBe("accepted");
    await orders(`交办 ${no} 给综合执法中队`);
    const dueAt = (await chat.event(no)).row.dueAt?.toISOString();
    // Two working hours after the end of the working day that it was due on.
    expect(dueAt).toBe("2026-12-03T02:30:00.000Z");
  });
});

describe("a delay", () => {
  beforeEach(async () => {
    await bring(chat, no, "handling");
  });

  it("needs days, a reason and an approval, and is granted once", async () => {
    expect(await alone(HANDLER, `申请延期 ${no} 等待配件`)).toContain("几个工作日");
    expect(await alone(HANDLER, `申请延期 ${no} 5个工作日`)).toContain("要写明理由");
    expect(await alone(HANDLER, `申请延期 ${no} 20个工作日 等待配件`)).toContain(
      "最多 10 个工作日",
    );
    const asked = await chat.say(HANDLER, inPrivate(HANDLER), `申请延期 ${no} 5个工作日 等待配件`);
    expect(heard(asked, WORK)).toContain(`请回「同意延期 ${no}」`);
    expect(await owed(chat, no)).toContain("decideDelay SLQ-WC 11月25日15:00");

    const granted = await orders(`同意延期 ${no}`);
    expect(heard(granted, inPrivate(HANDLER))).toContain("新的期限是12月9日17:30");
    expect(await owed(chat, no)).toEqual([`complete ${HANDLER} 12月9日17:30`]);
    expect(await alone(HANDLER, `申请延期 ${no} 2个工作日 再等等`)).toContain("每件只能延期一次");
    expect(await told(`同意延期 ${no}`)).toContain("没有待审批的延期申请");
  });

  it("is refused with a reason, and the limit stays", async () => {
    await alone(HANDLER, `申请延期 ${no} 5个工作日 等待配件`);
    expect(await told(`不同意延期 ${no}`)).toContain(`例如「不同意延期 ${no} 今天能办完」`);
    const refused = await orders(`不同意延期 ${no} 车子够用`);
    expect(heard(refused, inPrivate(HANDLER))).toContain("延期没有同意:车子够用");
    expect(await owed(chat, no)).toEqual([`complete ${HANDLER} 12月2日17:30`]);
  });
});

describe("the archive", () => {
  it("takes an event that is closed, and no other", async () => {
    await bring(chat, no, "completed");
    expect(await told(`归档 ${no}`)).toContain("现在是「已办结,待验收」,不能归档");
    await bring(chat, no, "closed");
    expect(await told(`归档 ${no}`)).toContain("已归档,不再改动");
    expect(await told(`重办 ${no} 再看看`)).toContain("现在是「已归档」,不能重办");
    expect(await alone(NEIGHBOUR, "五星")).toContain("还不能评价");
  });
});
