import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readDialog } from "../../db/queries/dialogs.ts";
import { events } from "../../db/schema/index.ts";
import { retireMessages } from "../../services/workflows/retire-messages.ts";
import { type Chat, numberIn, openChat } from "../support/chat.ts";
import { sampleServiceItems } from "../support/service-items.ts";

const GROUP = "nantang-3";
const WORK = "wangchao-work";

describe("questions about what the offices do", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());

  const answerTo = async (who: string, where: string, text: string): Promise<string> => {
    const said = await chat.say(who, where, text);
    return said.find(({ to }) => to === where)?.text ?? "";
  };

  it.each(["private:li", GROUP])("are answered from the district's items in %s", async (where) => {
    const text = await answerTo("li", where, "请问医保卡丢了去哪补?");
    const item = sampleServiceItems().find(({ name }) => name === "医保卡补办");
    for (const words of [
      item?.conditions,
      item?.materials,
      item?.window,
      item?.hours,
      item?.source,
    ])
      expect(text).toContain(words);
    expect(text.length).toBeLessThan(350);
    expect(await chat.database.orm.$count(events)).toBe(0);
  });

  it("that the rules alone would take for talk or trouble are answered too", async () => {
    expect(await answerTo("li", GROUP, "公租房申请条件")).toContain("【公租房申请】");
    expect(await answerTo("li", GROUP, "犬证要带什么材料")).toContain("【犬只登记(犬证)】");
    expect(await answerTo("li", GROUP, "临时占道怎么申请")).toContain("【临时占道审批】");
    expect(await answerTo("li", GROUP, "我的居住证丢了 急")).toContain("【居住证申领】");
    expect(await answerTo("li", GROUP, "我妈满60了想办老年卡")).toContain("【老年卡办理】");
    expect(await chat.database.orm.$count(events)).toBe(0);
  });

  it.each([
    "护照去哪里办",
    "结婚登记要带什么材料",
    "请问宇宙飞船驾驶证怎么办理",
    "请问办理外星人居留证明要什么材料",
    "请问临时身份证明怎么办理",
  ])("%s: no item, so nothing of any item is said", async (question) => {
    const text = await answerTo("li", "private:li", question);
    expect(text).toContain("12345");
    for (const { conditions, materials, window } of sampleServiceItems())
      for (const words of [conditions, materials, window]) expect(text).not.toContain(words);
  });

  it("that several items fit are asked back about, and the choice is understood", async () => {
    const asked = await answerTo("li", GROUP, "请问身份证和居住证去哪里办");
    expect(asked).toMatch(/^您问的是哪一项.*\n1\. .*\n2\. /s);
    expect(asked).not.toContain("材料:");
    const listed = /2\. (.*)/.exec(asked)?.[1];
    expect(await answerTo("li", GROUP, "2")).toContain(`【${listed}】`);
    // The question is answered: a number now means nothing.
    expect(await chat.say("li", GROUP, "1")).toEqual([]);
  });

  it("the choice may be said by name, by whoever was asked", async () => {
    await chat.say("li", GROUP, "请问身份证和居住证去哪里办");
    expect(await chat.say("wang", GROUP, "居住证")).toEqual([]);
    expect(await answerTo("li", GROUP, "居住证")).toContain("【居住证申领】");
  });

  it("beside troubles in one message keep both working", async () => {
    const text = await answerTo(
      "li",
      GROUP,
      "1. 河滨花园北门口垃圾桶满出来了三天没人倒 2. 老年卡丢了去哪补",
    );
    expect(text).toContain("【老年卡办理】");
    expect((await chat.event(numberIn([{ to: GROUP, text }]))).row.category).toBe(
      "env.binOverflow",
    );
    expect(await chat.database.orm.$count(events)).toBe(1);
  });

  it.each([
    "隔壁烧烤店没有营业执照怎么举报 油烟好大",
    "公租房3幢楼下垃圾桶满出来了 没人管 怎么办",
    "临时占道的摊子一直摆在滨河路路口 没人管吗",
  ])("do not swallow a trouble that names an item: %s", async (text) => {
    await chat.say("li", GROUP, text);
    expect(await chat.database.orm.$count(events)).toBe(1);
  });

  describe("「转人工」", () => {
    it("tells the command room once, with the masked question", async () => {
      await chat.say("li", GROUP, "请问护照去哪里办 我电话13800000001");
      const said = await chat.say("li", GROUP, "转人工");
      expect(said.find(({ to }) => to === GROUP)?.text).toContain("已转告指挥室");
      const notices = said.filter(({ to }) => to === WORK);
      expect(notices).toHaveLength(1);
      expect(notices[0]?.text).toContain("护照去哪里办");
      expect(notices[0]?.text).toContain("138****0001");
      expect(notices[0]?.text).not.toContain("13800000001");
      const again = await chat.say("li", GROUP, "轉人工!");
      expect(again.map(({ to }) => to)).toEqual([GROUP]);
    });

    it("without a question says so", async () => {
      const said = await chat.say("li", "private:li", "我要转人工客服");
      expect(said.some(({ text }) => text.includes("没有说是什么事"))).toBe(true);
    });

    it("with an unfinished report hands that over", async () => {
      const no = numberIn(await chat.say("li", "private:li", "楼道灯坏了好几天了 没人修"));
      expect((await chat.event(no)).row.status).toBe("draft");
      await chat.say("li", "private:li", "转人工");
      expect((await chat.event(no)).row.status).toBe("pendingAccept");
    });
  });

  it("are forgotten after a month", async () => {
    await chat.say("li", "private:li", "请问护照去哪里办");
    expect(await readDialog(chat.database, "sandbox|private:li|li")).not.toBeNull();
    chat.clock.advance({ days: 31 });
    await retireMessages(chat.database, chat.office);
    expect(await readDialog(chat.database, "sandbox|private:li|li")).toBeNull();
  });
});
