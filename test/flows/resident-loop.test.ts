import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";

const GROUP = "nantang-3";
const WORK = "wangchao-work";
const DISPATCHER = "wangchao-dispatcher-1";

describe("the resident loop", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  afterAll(() => chat.close());

  it("carries a report from a neighbour's chat to the archive and back", async () => {
    const receipt = await chat.say("auntie-li", GROUP, "河滨花园北门口垃圾桶满出来了 三天没人倒");
    const no = numberIn(receipt);
    expect(receipt.map((said) => said.to).sort()).toEqual([GROUP, WORK].sort());

    expect(await chat.say(DISPATCHER, WORK, `受理 ${no}`)).toMatchObject([
      { to: WORK, text: expect.stringContaining(`已受理 ${no}`) },
    ]);
    const assigned = await chat.say(DISPATCHER, WORK, `交办 ${no} 给环卫所`);
    expect(assigned.map((said) => said.to)).toContain(WORK);
    const handlerChat = assigned.find((said) => said.text.includes("【交办】"));
    expect(handlerChat?.to).toMatch(/^private:/);
    const handler = handlerChat?.to.slice("private:".length) ?? "";

    await chat.say(handler, `private:${handler}`, `签收 ${no}`);
    const completed = await chat.say(handler, `private:${handler}`, `办结 ${no} 已清运并冲洗`);
    expect(completed.find((said) => said.to === GROUP)?.text).toContain("已清运并冲洗");
    expect(completed.find((said) => said.to === WORK)?.text).toContain("【办结反馈】");
    const verifier =
      completed.find((said) => said.text.includes("【请验收】"))?.to.slice("private:".length) ?? "";

    const verified = await chat.say(verifier, `private:${verifier}`, `验收通过 ${no}`);
    expect(verified[0]?.text).toContain(no);
    expect((await chat.event(no)).row.status).toBe("closed");

    const rated = await chat.say("auntie-li", GROUP, "修好了 谢谢 五星");
    expect(rated[0]?.text).toContain(no);
    await chat.say(DISPATCHER, WORK, `归档 ${no}`);
    const { row, reporters } = await chat.event(no);
    expect(row.status).toBe("archived");
    expect(reporters[0]?.rating).toBe(5);
    expect(await chat.steps(no)).toEqual([
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
});
