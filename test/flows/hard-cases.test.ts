import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, openChat, type Said } from "../support/chat.ts";
import { bring, DISPATCHER, DISTRICT, HANDLER, heard, inPrivate, reported, WORK } from "./town.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const says = (who: string, text: string) => chat.say(who, inPrivate(who), text);
const orders = (text: string) => chat.say(DISPATCHER, WORK, text);
const reads = (said: readonly Said[], who: string) => heard(said, inPrivate(who));

/** Nobody wants it: given back, consulted about without a result. */
async function hardCase(text?: string): Promise<string> {
  const no = await reported(chat, text);
  await bring(chat, no, "handling");
  await says(HANDLER, `退单 ${no} 不属我所职责`);
  await orders(`会商 ${no} 环卫、市政都说不归自己`);
  return no;
}

describe("a case without an owner", () => {
  it("goes up as a special report, drafted from its history without naming who reported", async () => {
    const no = await hardCase();
    await orders(`进展 ${no} 已围挡并临时清运`);
    const told = await orders(`专报 ${no} 请区里指定牵头部门`);
    expect(heard(told, WORK)).toContain(`${no} 专报已送区指挥中心`);
    expect(await chat.steps(no)).toContain("specialReport");

    const draft = reads(await orders(`专报稿 ${no}`), DISPATCHER);
    expect(draft).toContain("关于“学院公寓3幢楼下垃圾桶满了没人倒”的专报(草稿)");
    expect(draft).toMatch(/二、已采取的应急处理\n- .*办理进展:已围挡并临时清运/);
    expect(draft).toMatch(
      /三、各方意见\n- .*苗根生 退单:不属我所职责\n- .*提请会商:环卫、市政都说不归自己/,
    );
    expect(draft).toMatch(/牵头部门\(曾交.*环卫所,已退回\)/);
    expect(draft).not.toContain("auntie-li");
  });

  it("says what is missing when nobody has taken care of the danger yet", async () => {
    const no = await hardCase();
    expect(reads(await orders(`专报稿 ${no}`), DISPATCHER)).toContain("请先做必要的应急处理");
  });

  it("is no department's to report", async () => {
    const no = await hardCase();
    expect(reads(await says(HANDLER, `专报 ${no}`), HANDLER)).toContain("您没有专报权限");
    expect(reads(await says(HANDLER, `专报稿 ${no}`), HANDLER)).toContain("您没有专报权限");
  });

  it("stands on the list for the 三定 office once there are two of its kind", async () => {
    await hardCase();
    expect(reads(await says(DISTRICT, "三定清单"), DISTRICT)).toContain("没有同类两件以上");
    const second = await hardCase("学院公寓5幢楼下垃圾桶满了没人倒");
    expect(reads(await says(DISTRICT, "三定清单"), DISTRICT)).toMatch(
      new RegExp(`1\\. .*垃圾.* 2件\\(会商2、退单2\\);退回的单位:.*环卫所;如 ${second}`),
    );
    expect(reads(await says(HANDLER, "三定清单"), HANDLER)).toContain("您没有查看三定清单权限");
  });
});
