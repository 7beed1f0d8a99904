import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sweepReminders } from "../../services/workflows/remind.ts";
import { type Chat, numberIn, openChat, type Said } from "../support/chat.ts";

let chat: Chat;
// Every story begins on 25 November 2026, so that no story needs a year whose holidays are not announced.
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const WORK_GROUP = "wangchao-work";
const HANDLER = "private:wangchao-huanwei-1";

/** Moves the clock to a moment, sweeps once, and returns what was sent. */
async function at(iso: string): Promise<Said[]> {
  const minutes = (Date.parse(iso) - chat.office.clock.now().getTime()) / 60_000;
  if (minutes < 0) throw new Error(`${iso} is in the past of this story`);
  chat.clock.advance({ minutes });
  const failures: unknown[] = [];
  await sweepReminders(chat.database, chat.office, {
    failed: (_no, error) => failures.push(error),
    gap: () => {},
  });
  expect(failures).toEqual([]);
  return chat.settle();
}

const to = (said: readonly Said[], receiver: string): string[] =>
  said.filter((one) => one.to === receiver).map((one) => one.text);
const receivers = (said: readonly Said[]): string[] => said.map((one) => one.to).sort();

/** A report that the command room was just told of. */
async function reported(text = "河滨花园3幢楼下垃圾桶满了没人清"): Promise<string> {
  return numberIn(await chat.say("auntie-li", "hebin-1", text));
}

async function assigned(): Promise<string> {
  const no = await reported();
  await chat.say("wangchao-dispatcher-1", WORK_GROUP, `受理 ${no}`);
  await chat.say("wangchao-dispatcher-1", WORK_GROUP, `交办 ${no} 给环卫所`);
  return no;
}

describe("the clock", () => {
  it("reminds the command room of what nobody has accepted, and climbs to the supervisor", async () => {
    await at("2026-11-26T09:00:00+08:00");
    const no = await reported();

    expect(to(await at("2026-11-26T10:29:00+08:00"), WORK_GROUP)).toEqual([]);
    expect(to(await at("2026-11-26T10:30:00+08:00"), WORK_GROUP)).toEqual([
      expect.stringMatching(`^【黄牌】${no} [^]*请在11月26日11:00前受理[^]*「受理 ${no}」`),
    ]);
    expect(to(await at("2026-11-26T11:00:00+08:00"), WORK_GROUP)).toEqual([
      expect.stringMatching(`^【到期】${no} `),
    ]);
    expect(await at("2026-11-26T20:00:00+08:00")).toEqual([]);

    const red = await at("2026-11-27T09:00:00+08:00");
    expect(receivers(red)).toEqual([WORK_GROUP]);
    expect(to(red, WORK_GROUP)).toEqual([expect.stringMatching(`^【红牌】${no} `)]);

    expect(await at("2026-11-28T12:00:00+08:00")).toEqual([]);
    const second = await at("2026-11-30T09:00:00+08:00");
    expect(receivers(second)).toEqual(["private:wangchao-principal", WORK_GROUP]);
    expect(to(second, "private:wangchao-principal")[0]).toContain("责任:望潮街道");

    const third = await at("2026-12-01T09:00:00+08:00");
    expect(receivers(third)).toEqual([
      "private:district-supervisor",
      "private:wangchao-principal",
      WORK_GROUP,
    ]);
    expect(to(third, "private:district-supervisor")[0]).toMatch(/^【红牌·超期3个工作日】/);
    expect(await at("2026-12-01T18:00:00+08:00")).toEqual([]);
  });

  it("follows a duty from hand to hand and is silent once it is done", async () => {
    await at("2026-12-07T09:00:00+08:00");
    const no = await assigned();
    expect(to(await at("2026-12-08T09:00:00+08:00"), HANDLER)).toEqual([
      expect.stringMatching(`^【到期】${no} [^]*请签收[^]*「签收 ${no}」`),
    ]);

    await chat.say("wangchao-huanwei-1", HANDLER, `签收 ${no}`);
    const half = await at("2026-12-10T17:00:00+08:00");
    expect(receivers(half)).toEqual([HANDLER]);
    expect(half[0]?.text).toMatch(`【提醒】${no}`);

    await chat.say("wangchao-huanwei-1", HANDLER, `办结 ${no} 已清运`);
    const later = await at("2026-12-14T18:00:00+08:00");
    expect(to(later, HANDLER)).toEqual([]);
  });

  it("moves with an approved delay and begins anew", async () => {
    await at("2026-11-30T09:00:00+08:00");
    const no = await assigned();
    await chat.say("wangchao-huanwei-1", HANDLER, `签收 ${no}`);
    expect(to(await at("2026-12-04T17:30:00+08:00"), HANDLER)).toEqual([
      expect.stringMatching("【黄牌】"),
    ]);
    await chat.say("wangchao-huanwei-1", HANDLER, `申请延期 ${no} 5个工作日 要鉴定`);
    await chat.say("wangchao-dispatcher-1", WORK_GROUP, `同意延期 ${no}`);
    // The old deadline passes without a word.
    expect(to(await at("2026-12-07T09:30:00+08:00"), HANDLER)).toEqual([]);
    expect(to(await at("2026-12-11T17:30:00+08:00"), HANDLER)).toEqual([
      expect.stringMatching("【黄牌】"),
    ]);
  });

  it("wakes people at night for an emergency only", async () => {
    await at("2026-12-05T22:30:00+08:00");
    const fire = numberIn(
      (await chat.say("auntie-li", "hebin-1", "着火了!河滨花园9幢5楼冒黑烟")).filter((said) =>
        said.text.includes("SJ"),
      ),
    );
    const plain = await reported("河滨花园2幢路灯不亮");
    expect(to(await at("2026-12-05T22:35:00+08:00"), WORK_GROUP)).toEqual([
      expect.stringMatching(`^🚨【到期】${fire} `),
    ]);
    const red = await at("2026-12-05T22:46:00+08:00");
    expect(receivers(red)).toEqual(["private:wangchao-principal", WORK_GROUP]);
    expect(red.map((said) => said.text).join()).not.toContain(plain);
  });

  it("says after a jump of days only the strongest of each duty, in one digest", async () => {
    await at("2026-12-07T09:00:00+08:00");
    const first = await reported();
    const second = await reported("河滨花园5幢楼道堆满杂物");
    const said = await at("2026-12-14T10:00:00+08:00");
    expect(to(said, WORK_GROUP)).toHaveLength(1);
    const [digest = ""] = to(said, WORK_GROUP);
    expect(digest).toMatch(/^⏰ 已超期2件:/);
    expect(digest.match(new RegExp(first, "g"))).toHaveLength(3);
    expect(digest).toContain(second);
    expect(to(said, "private:district-supervisor")).toHaveLength(1);
    expect(await at("2026-12-14T10:01:00+08:00")).toEqual([]);
  });

  it("says nothing at night even where a jump ends there", async () => {
    await at("2026-12-07T09:00:00+08:00");
    const no = await reported();
    expect(await at("2026-12-08T23:00:00+08:00")).toEqual([]);
    const morning = await at("2026-12-09T07:00:00+08:00");
    expect(to(morning, WORK_GROUP)).toEqual([expect.stringContaining(no)]);
  });

  it("never speaks in a residents' group", async () => {
    await at("2026-12-07T09:00:00+08:00");
    await reported();
    const said: Said[] = [];
    for (let day = 10; day <= 21; day++) said.push(...(await at(`2026-12-${day}T18:00:00+08:00`)));
    expect(said.length).toBeGreaterThan(5);
    expect(said.filter((one) => one.to === "hebin-1")).toEqual([]);
  });
});
