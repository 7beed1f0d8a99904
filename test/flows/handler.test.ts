import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aPicture, type Chat, numberIn, openChat } from "../support/chat.ts";
import {
  bring,
  DISPATCHER,
  GROUP,
  HANDLER,
  heard,
  inPrivate,
  LEADER,
  listeners,
  owed,
  refusals,
  reported,
  SQUAD,
  statusOf,
  WORK,
  WORKER,
} from "./town.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const orders = (text: string) => chat.say(DISPATCHER, WORK, text);
const alone = async (who: string, text: string) =>
  heard(await chat.say(who, inPrivate(who), text), inPrivate(who));

describe("a handler", () => {
  it("learns the place and the limit with the assignment", async () => {
    const no = numberIn(await chat.say("li", GROUP, "垃圾桶满了没人倒"));
    await chat.say("li", GROUP, "3幢");
    const assigned = heard(await bring(chat, no, "assigned"), inPrivate(HANDLER));
    expect(assigned).toBe(
      `【交办】${no} 垃圾桶满了没人倒(学院公寓3幢)\n办结期限:12月2日17:30。\n请签收:回「签收 ${no}」;不归我们办:回「退单 ${no} 理由」。`,
    );
  });

  it("signs, and has to say what was done before it counts as done", async () => {
    const no = await reported(chat);
    await bring(chat, no, "assigned");
    expect(await alone(HANDLER, "签收")).toContain(`已签收 ${no}`);
    expect(await alone(HANDLER, `办结 ${no}`)).toContain(`例如「办结 ${no} 已清运并冲洗路面」`);
    expect(await statusOf(chat, no)).toBe("handling");
    const done = await chat.say(HANDLER, inPrivate(HANDLER), `办结 ${no} 已清运`);
    expect(listeners(done).sort()).toEqual(
      [GROUP, WORK, ...[HANDLER, WORKER, LEADER].map(inPrivate)].sort(),
    );
  });

  it("gives back what is not theirs, with the reason", async () => {
    const no = await reported(chat);
    await bring(chat, no, "assigned");
    expect(await alone(HANDLER, `退单 ${no}`)).toContain("要写明理由");
    const returned = await chat.say(HANDLER, inPrivate(HANDLER), `退单 ${no} 属市政`);
    expect(heard(returned, WORK)).toContain(`【退单】${no}`);
    expect(await statusOf(chat, no)).toBe("accepted");
  });

  it("is told how to report the end of the work when saying so in other words", async () => {
    const no = await reported(chat);
    await bring(chat, no, "handling");
    expect(await alone(HANDLER, "垃圾已经清走了")).toBe(
      `要报办结请带上编号:「办结 ${no} 垃圾已经清走了」。`,
    );
  });

  it("supports without ending the work of the leading organisation", async () => {
    const no = await reported(chat);
    await bring(chat, no, "accepted");
    const assigned = await orders(`交办 ${no} 给综合执法中队 协办环卫所`);
    expect(heard(assigned, inPrivate(HANDLER))).toContain("主办:望潮街道综合执法中队");
    expect(await alone(HANDLER, `签收 ${no}`)).toContain("(协办),配合主办单位望潮街道综合执法中队");
    expect(await statusOf(chat, no)).toBe("assigned");
    await alone(SQUAD[1], `签收 ${no}`);
    expect(await alone(HANDLER, `办结 ${no} 弄好了`)).toMatch(/您没有办结权限.*由主办单位报办结/);
    expect(await alone(HANDLER, `进展 ${no} 已清运一车`)).toContain("进展已记");
    expect(await alone(SQUAD[1], `办结 ${no} 已劝离并清运`)).toContain(`已办结 ${no}`);
  });
});

describe("a community", () => {
  it("is told through the people of the event's grid, not through all of its own", async () => {
    const no = await reported(chat);
    await bring(chat, no, "accepted");
    const said = await orders(`交办 ${no} 给南塘社区`);
    expect(listeners(said).sort()).toEqual([WORK, ...[WORKER, LEADER].map(inPrivate)].sort());
  });
});

describe("报处分离", () => {
  it("keeps whoever reported a level-2 event from handling it", async () => {
    const no = await reported(chat, "学院公寓3幢路灯不亮", HANDLER, WORK);
    await orders(`受理 ${no}`);
    expect(heard(await orders(`交办 ${no} 给环卫所 苗根生`), WORK)).toContain(
      "上报人不能办理,请换人",
    );
    await orders(`交办 ${no} 给环卫所`);
    expect(await alone(HANDLER, `签收 ${no}`)).toContain(`没有别人请回「退单 ${no} 本人上报」`);
    expect(await statusOf(chat, no)).toBe("assigned");
    expect((await refusals(chat)).map((one) => one.reason)).toEqual([
      "separationOfReportAndHandle",
      "separationOfReportAndHandle",
    ]);
    await alone(HANDLER, `退单 ${no} 本人上报`);
    expect(await statusOf(chat, no)).toBe("accepted");
  });

  it("lets them handle what is level 1", async () => {
    const no = await reported(chat, "学院公寓3幢楼下垃圾桶满了没人倒", HANDLER, WORK);
    await bring(chat, no, "handling");
    expect(await statusOf(chat, no)).toBe("handling");
  });
});

describe("a grid worker who deals with something at once", () => {
  const tidied = (text: string) =>
    chat.say(WORKER, inPrivate(WORKER), text, { attachments: [aPicture] });

  it("is thanked in one message; the command room hears of the result, not of a new event", async () => {
    const said = await tidied("学院公寓3幢楼道堆满纸箱,已清掉");
    const no = numberIn(said);
    expect(said.filter((one) => one.to === inPrivate(WORKER))).toHaveLength(1);
    expect(heard(said, WORK)).toContain(`【办结反馈】${no}`);
    expect(heard(said, WORK)).not.toContain("【待受理】");
    expect((await chat.event(no)).row).toMatchObject({
      status: "completed",
      selfHandled: true,
      level: 1,
    });
  });

  it("does not verify it; the others of the grid owe that, and may", async () => {
    const no = numberIn(await tidied("学院公寓3幢楼道堆满纸箱,已清掉"));
    expect(await owed(chat, no)).toEqual(["verify SLQ-WC-NT 11月26日17:30"]);
    expect(await alone(LEADER, "我的待办")).toContain(`${no} 待验收`);
    expect(await alone(WORKER, "我的待办")).toContain("现在没有待办");
    expect(await alone(WORKER, `验收通过 ${no}`)).toContain("不能自己验收");
    expect(await alone(LEADER, `验收通过 ${no}`)).toContain("已结案");
    expect(await statusOf(chat, no)).toBe("closed");
    expect(await owed(chat, no)).toEqual([]);
  });

  it("answers a resident's report, which that resident may verify", async () => {
    const no = await reported(chat, "学院公寓3幢楼道堆满纸箱");
    const said = await tidied("学院公寓3幢楼道纸箱已清掉");
    expect(numberIn(said)).toBe(no);
    expect(heard(said, GROUP)).toContain("已办结");
    await chat.say("auntie-li", GROUP, `验收通过 ${no}`);
    expect(await statusOf(chat, no)).toBe("closed");
  });

  it("has what lies in another grid filed for its command room", async () => {
    const said = await tidied("柳岸新村5幢楼道纸箱已清掉");
    expect(heard(said, inPrivate(WORKER))).toMatch(/不在您的网格.*由指挥室受理/);
    expect(heard(said, "liuan-work")).toContain(`【待受理】${numberIn(said)}`);
  });

  it("has to leave what is above level 1 to the command room", async () => {
    const no = await reported(chat, "学院公寓3幢楼道堆满纸箱");
    await orders(`判级 ${no} 二级`);
    const refused = heard(await tidied("学院公寓3幢楼道纸箱已清掉"), inPrivate(WORKER));
    expect(refused).toContain("只有一级(网格)事件可以自己处置");
    expect(await statusOf(chat, no)).toBe("pendingAccept");
  });
});

describe("a failed verification", () => {
  it("goes back to the handler, is done again, told again, and then closes", async () => {
    const no = await reported(chat);
    await bring(chat, no, "completed");
    expect(await alone(WORKER, `不通过 ${no}`)).toContain("要写明理由");
    const back = await chat.say(WORKER, inPrivate(WORKER), `不通过 ${no} 垃圾只是挪了个地方`);
    expect(heard(back, inPrivate(HANDLER))).toMatch(/【重办】.*垃圾只是挪了个地方/);
    expect(await statusOf(chat, no)).toBe("handling");
    expect(await owed(chat, no)).toEqual([`complete ${HANDLER} 12月2日17:30`]);

    const again = await chat.say(HANDLER, inPrivate(HANDLER), `办结 ${no} 已拉走`);
    expect(heard(again, GROUP)).toContain("已办结:已拉走");
    expect(heard(again, WORK)).toContain("【办结反馈】");
    await alone(WORKER, `验收通过 ${no}`);
    expect(await statusOf(chat, no)).toBe("closed");
    expect((await chat.event(no)).row.reopenCount).toBe(1);
  });

  it("is nobody's who does not belong to the grid", async () => {
    const no = await reported(chat);
    await bring(chat, no, "completed");
    for (const who of ["hebin1-worker", HANDLER, "auntie-li"]) {
      expect(await alone(who, `验收通过 ${no}`)).toMatch(/您没有验收权限|不能自己验收/);
    }
    expect(await statusOf(chat, no)).toBe("completed");
  });
});
