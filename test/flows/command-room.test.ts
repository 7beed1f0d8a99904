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
  listeners,
  NEIGHBOUR,
  OTHER_STREET,
  refusals,
  reported,
  SQUAD,
  statusOf,
  WORK,
} from "./town.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const orders = async (text: string) => chat.say(DISPATCHER, WORK, text);
const told = async (text: string) => heard(await orders(text), WORK);

describe("accepting", () => {
  it("accepts, grades and assigns in one message, and answers in one", async () => {
    const no = await reported(chat);
    const said = await orders(`受理 ${no} 判二级 转综合执法平台 交办给环卫所`);
    expect(said.filter((one) => one.to === WORK)).toHaveLength(1);
    expect(heard(said, WORK)).toBe(
      `已受理 ${no}。\n已定 ${no}:级别二级(村社),平台综合执法。\n已交办 ${no} 给望潮街道环卫所,等签收,办结期限12月2日17:30。`,
    );
    expect(heard(said, inPrivate(HANDLER))).toContain("办结期限:12月2日17:30");
    expect(await told(`流程 ${no}`)).toContain("级别:一级(网格) → 二级(村社)");
    expect((await chat.event(no)).row).toMatchObject({
      status: "assigned",
      level: 2,
      platform: "lawEnforcement",
    });
  });

  it("stops a chain at the first thing that is refused", async () => {
    const no = await reported(chat);
    expect(await told(`受理 ${no} 判二级 交办给火星局`)).toContain("没有找到「火星局」");
    expect(await statusOf(chat, no)).toBe("accepted");
  });

  it("says who the responsibility list would take", async () => {
    const no = await reported(chat);
    expect(await told(`受理 ${no}`)).toContain(`「交办 ${no}」(按职责清单给望潮街道环卫所`);
  });

  it("turns a report down with a reason, which the reporter is told, and never without", async () => {
    const no = await reported(chat);
    expect(await told(`不予受理 ${no}`)).toContain(`例如「不予受理 ${no} 不在本区范围」`);
    expect(await statusOf(chat, no)).toBe("pendingAccept");
    const said = await orders(`不予受理 ${no} 属于物业管理范围`);
    expect(heard(said, GROUP)).toContain("没有受理:属于物业管理范围");
    expect(await statusOf(chat, no)).toBe("rejected");
  });
});

describe("assigning", () => {
  let no = "";
  beforeEach(async () => {
    no = await reported(chat);
    await bring(chat, no, "accepted");
  });

  it("goes by the responsibility list when nobody is named", async () => {
    const said = await orders(`交办 ${no}`);
    expect(heard(said, WORK)).toContain("给望潮街道环卫所");
    expect(heard(said, inPrivate(HANDLER))).toContain(`【交办】${no}`);
  });

  it("tells everybody of an organisation, or the one person named", async () => {
    const all = await orders(`交办 ${no} 给综合执法中队`);
    expect(listeners(all).sort()).toEqual([...SQUAD.map(inPrivate), WORK].sort());
    const one = await orders(`交办 ${no} 给综合执法中队 老周,今天下班前`);
    expect(heard(one, inPrivate(SQUAD[0]))).toContain("今天下班前");
    expect(heard(one, inPrivate(SQUAD[1]))).toBe("");
    expect(
      heard(await chat.say(SQUAD[1], inPrivate(SQUAD[1]), `签收 ${no}`), inPrivate(SQUAD[1])),
    ).toContain("您没有签收权限");
  });

  it("asks when no organisation or more than one has that name", async () => {
    expect(await told(`交办 ${no} 给火星局`)).toContain("没有找到「火星局」");
    await orders(`上报 ${no} 需区里协调`);
    const asked = await chat.say(DISTRICT, inPrivate(DISTRICT), `交办 ${no} 给派出所`);
    expect(heard(asked, inPrivate(DISTRICT))).toMatch(/有几个单位.*柳岸派出所、望潮派出所/);
    expect(await statusOf(chat, no)).toBe("escalated");
  });

  it("tells whoever held it that it is theirs no more", async () => {
    await orders(`交办 ${no} 给环卫所`);
    const moved = await orders(`改派 ${no} 给综合执法中队`);
    expect(heard(moved, inPrivate(HANDLER))).toContain("已改派,您这边不用再办");
  });

  it("is refused before the event was accepted, with what is possible", async () => {
    const fresh = await reported(chat, "学院西路路灯不亮了");
    expect(await told(`交办 ${fresh} 给环卫所`)).toMatch(
      /现在是「待受理」,不能交办。\n.*受理、不予受理/,
    );
  });
});

describe("commands without a number", () => {
  it("mean the one event that fits", async () => {
    const no = await reported(chat);
    expect(await told("受理")).toContain(`已受理 ${no}`);
  });

  it("are asked about when several fit, and when none does", async () => {
    const one = await reported(chat);
    const two = await reported(chat, "学院西路路灯不亮了");
    const asked = await told("受理");
    expect(asked).toContain(one);
    expect(asked).toContain(two);
    expect(await statusOf(chat, one)).toBe("pendingAccept");
    expect(await told("签收")).toContain("现在没有您可以签收的事件");
  });
});

describe("whoever has no right", () => {
  it.each([
    ["the command room of the other street", OTHER_STREET, "liuan-work"],
    ["a resident, even the one who reported it", NEIGHBOUR, GROUP],
    ["a handler", HANDLER, WORK],
  ])("is told so and changes nothing: %s", async (_who, user, where) => {
    const no = await reported(chat);
    const said = await chat.say(user, where, `受理 ${no}`);
    expect(heard(said, where)).toContain(`您没有受理权限,${no} 没有改动`);
    expect(listeners(said)).toEqual([where]);
    expect(await statusOf(chat, no)).toBe("pendingAccept");
    expect(await refusals(chat)).toEqual([{ who: user, action: "accept", reason: "noRight" }]);
  });
});
