import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import {
  DISPATCHER,
  GROUP,
  HANDLER,
  inPrivate,
  NEIGHBOUR,
  owed,
  reported,
  WORK,
  WORKER,
} from "./town.ts";

describe("what is owed on an event", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());

  it("is exactly the next step, at every step, and nothing in the end", async () => {
    const no = await reported(chat);
    expect(await owed(chat, no)).toEqual(["accept SLQ-WC 11月25日11:00"]);
    const steps = [
      [DISPATCHER, WORK, `受理 ${no}`, ["assign SLQ-WC 11月26日17:30"]],
      [DISPATCHER, WORK, `交办 ${no} 给环卫所`, ["sign SLQ-WC-HWS 11月26日17:30"]],
      [HANDLER, inPrivate(HANDLER), `签收 ${no}`, [`complete ${HANDLER} 12月2日17:30`]],
      [
        DISPATCHER,
        WORK,
        `督办 ${no}`,
        [`answerSupervision ${HANDLER} 11月26日17:30`, `complete ${HANDLER} 12月2日17:30`],
      ],
      [
        HANDLER,
        inPrivate(HANDLER),
        `申请延期 ${no} 2个工作日 等车`,
        [
          `answerSupervision ${HANDLER} 11月26日17:30`,
          `complete ${HANDLER} 12月2日17:30`,
          "decideDelay SLQ-WC 11月25日15:00",
        ],
      ],
      [
        DISPATCHER,
        WORK,
        `同意延期 ${no}`,
        [`answerSupervision ${HANDLER} 11月26日17:30`, `complete ${HANDLER} 12月4日17:30`],
      ],
      [HANDLER, inPrivate(HANDLER), `办结 ${no} 已清运`, [`verify ${WORKER} 11月26日17:30`]],
      [WORKER, inPrivate(WORKER), `验收通过 ${no}`, []],
      [NEIGHBOUR, GROUP, "修好了 五星", []],
      [DISPATCHER, WORK, `归档 ${no}`, []],
    ] as const;
    for (const [who, where, text, duties] of steps) {
      await chat.say(who, where, text);
      expect([text, await owed(chat, no)]).toEqual([text, [...duties]]);
    }
  });

  it("keeps its clock whatever is added, corrected or urged meanwhile", async () => {
    const no = await reported(chat, "学院公寓停水了");
    const before = await owed(chat, no);
    chat.clock.advance({ minutes: 20 });
    await chat.say(NEIGHBOUR, GROUP, "说错了是学院公寓3幢");
    await chat.say("uncle-wang", GROUP, "我家也没水");
    await chat.say(NEIGHBOUR, GROUP, "怎么还没人来");
    await chat.say(DISPATCHER, WORK, `${no} 判三级`);
    expect(await owed(chat, no)).toEqual(
      expect.arrayContaining([...before, "answerSupervision SLQ-WC 11月26日17:30"]),
    );
  });

  it("keeps the limit of the work when the event is returned and given to others", async () => {
    const no = await reported(chat);
    for (const [who, where, text] of [
      [DISPATCHER, WORK, `受理 ${no}`],
      [DISPATCHER, WORK, `交办 ${no} 给环卫所`],
      [HANDLER, inPrivate(HANDLER), `签收 ${no}`],
    ] as const)
      await chat.say(who, where, text);
    chat.clock.advance({ days: 1 });
    await chat.say(HANDLER, inPrivate(HANDLER), `退单 ${no} 不属我们`);
    expect(await owed(chat, no)).toEqual(["assign SLQ-WC 11月27日17:30"]);
    await chat.say(DISPATCHER, WORK, `交办 ${no} 给综合执法中队`);
    expect(await owed(chat, no)).toEqual(["sign SLQ-WC-ZFZD 11月27日17:30"]);
    await chat.say("wangchao-zhifa-1", inPrivate("wangchao-zhifa-1"), `签收 ${no}`);
    expect(await owed(chat, no)).toEqual(["complete wangchao-zhifa-1 12月2日17:30"]);
  });

  it.each([
    ["turned down", `不予受理 NO 不在本区`],
    ["withdrawn", `撤回 NO`],
  ])("ends when the event is %s", async (_how, words) => {
    const no = await reported(chat);
    await chat.say(DISPATCHER, WORK, words.replace("NO", no));
    expect(await owed(chat, no)).toEqual([]);
  });
});
