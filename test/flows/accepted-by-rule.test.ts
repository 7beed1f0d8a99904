import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";
import {
  GROUP,
  HANDLER,
  heard,
  inPrivate,
  NEIGHBOUR,
  owed,
  reported,
  statusOf,
  WORK,
  WORKER,
} from "./town.ts";

describe("a district that lets rules accept level 1", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat({ policy: { autoAcceptLevel: 1 } });
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());

  it("has a full bin with its handler at once; the command room hears who got it", async () => {
    const said = await chat.say(NEIGHBOUR, GROUP, "学院公寓3幢楼下垃圾桶满了没人倒");
    const no = numberIn(said);
    expect(heard(said, inPrivate(HANDLER))).toContain(`【交办】${no}`);
    expect(heard(said, WORK)).toMatch(/^【自动受理】.*已按职责清单交办给望潮街道环卫所/s);
    expect(heard(said, WORK)).not.toContain("【待受理】");
    expect(await owed(chat, no)).toEqual(["sign SLQ-WC-HWS 11月26日17:30"]);
    expect(await chat.steps(no)).toEqual(["report", "accept", "assign"]);
  });

  it("does so too once a missing place was named", async () => {
    const no = numberIn(await chat.say(NEIGHBOUR, GROUP, "垃圾桶满了没人倒"));
    const said = await chat.say(NEIGHBOUR, GROUP, "3幢");
    expect(heard(said, WORK)).toMatch(/^【自动受理】/);
    expect(await statusOf(chat, no)).toBe("assigned");
  });

  it("leaves to a person what stayed incomplete, level 2, critical or confidential", async () => {
    const draft = numberIn(await chat.say(NEIGHBOUR, GROUP, "垃圾桶满了没人倒"));
    chat.clock.advance({ minutes: 10 });
    expect(heard(await chat.settle(), WORK)).toContain(`【待受理】${draft}`);
    const others = [
      await reported(chat, "学院西路路灯不亮了"),
      await reported(chat, "着火了!学院公寓3幢冒黑烟"),
      await reported(chat, "学院公寓2幢楼下垃圾桶满了,别说是我报的,怕被报复", "uncle-wang"),
    ];
    for (const no of [draft, ...others]) expect(await statusOf(chat, no)).toBe("pendingAccept");
  });

  it("leaves alone what a grid worker has dealt with", async () => {
    const said = await chat.say(WORKER, inPrivate(WORKER), "学院公寓3幢楼道堆满纸箱,已清掉");
    expect(await statusOf(chat, numberIn(said))).toBe("completed");
  });
});
