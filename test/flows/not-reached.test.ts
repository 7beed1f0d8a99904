import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import {
  bring,
  DISPATCHER,
  heard,
  inPrivate,
  owed,
  reported,
  statusOf,
  WORK,
  WORKER,
} from "./town.ts";

const GONE = "gone-away";

describe("a reporter whom the channel does not reach", () => {
  let chat: Chat;
  let gone = false;
  let no = "";
  beforeAll(async () => {
    chat = await openChat({ refuses: (to) => gone && to === inPrivate(GONE) });
  });
  beforeEach(async () => {
    await chat.fresh();
    gone = false;
    no = await reported(chat, "学院公寓3幢楼下垃圾桶满了没人倒", GONE, inPrivate(GONE));
    gone = true;
  });
  afterAll(() => chat.close());
  const told = async (text: string) => heard(await chat.say(DISPATCHER, WORK, text), WORK);

  it("is told by hand: the command room is asked to, says so, and the event closes when verified", async () => {
    const done = await bring(chat, no, "completed");
    expect(heard(done, WORK)).toContain(`然后回「结案 ${no} 已电话告知」`);
    expect(await owed(chat, no)).toEqual([
      "feedback SLQ-WC 11月26日17:30",
      `verify ${WORKER} 11月26日17:30`,
    ]);

    expect(await told(`结案 ${no}`)).toContain("不能结案");
    expect(await told(`结案 ${no} 已电话告知`)).toContain("已记为告知报事人,验收通过后自动结案");
    expect(await owed(chat, no)).toEqual([`verify ${WORKER} 11月26日17:30`]);
    await chat.say(WORKER, inPrivate(WORKER), `验收通过 ${no}`);
    expect(await statusOf(chat, no)).toBe("closed");
    expect(await owed(chat, no)).toEqual([]);
  });

  it("keeps a verified event open until then", async () => {
    await bring(chat, no, "completed");
    await chat.say(WORKER, inPrivate(WORKER), `验收通过 ${no}`);
    expect(await statusOf(chat, no)).toBe("verified");
    expect(await told(`结案 ${no}`)).toContain(`例如「结案 ${no} 已电话告知」`);
    expect(await told(`结案 ${no} 已电话告知`)).toBe(`${no} 已结案。`);
    expect(await owed(chat, no)).toEqual([]);
    expect(await told(`归档 ${no}`)).toContain("已归档");
  });

  it("is no excuse once they were told: before the verification nothing can be closed", async () => {
    gone = false;
    await bring(chat, no, "completed");
    expect(await told(`结案 ${no} 已电话告知`)).toContain("现在是「已办结,待验收」,不能结案");
  });
});
