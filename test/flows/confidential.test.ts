import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat, type Said } from "../support/chat.ts";
import {
  DISPATCHER,
  GROUP,
  heard,
  inPrivate,
  LEADER,
  listeners,
  NEIGHBOUR,
  owed,
  SUPERVISOR,
  statusOf,
  WORK,
  WORKER,
} from "./town.ts";

const WORDS = "社区赵主任收了好处费,态度恶劣,不给办低保";
const OFFICE = "wangchao-paichusuo-1";

describe("a complaint about an official's conduct", () => {
  let chat: Chat;
  let said: Said[] = [];
  let no = "";
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(async () => {
    await chat.fresh();
    said = await chat.say(NEIGHBOUR, GROUP, WORDS);
    no = numberIn(said);
  });
  afterAll(() => chat.close());
  const alone = async (who: string, text: string) =>
    heard(await chat.say(who, inPrivate(who), text), inPrivate(who));
  const inGroups = (all: readonly Said[]) =>
    all.filter((one) => !one.to.startsWith("private:")).map((one) => one.text);

  /** Accepted, given to the police station, handled. */
  async function handled(): Promise<Said[]> {
    const all: Said[] = [];
    for (const [who, text] of [
      [DISPATCHER, `受理 ${no}`],
      [DISPATCHER, `交办 ${no} 给派出所`],
      [OFFICE, `签收 ${no}`],
      [OFFICE, `办结 ${no} 已核实并谈话`],
    ] as const)
      all.push(...(await chat.say(who, inPrivate(who), text)));
    return all;
  }

  it("gets a hint in the group and its receipt in private", () => {
    expect(heard(said, GROUP)).toBe("收到。这件事我们私下说,请看我发给您的私聊,会为您保密。");
    expect(heard(said, inPrivate(NEIGHBOUR))).toContain(`已保密登记 ${no}`);
  });

  it("is told to dispatchers and supervisors one by one, and to no group", () => {
    expect(listeners(said).sort()).toEqual(
      [
        GROUP,
        ...[NEIGHBOUR, DISPATCHER, "wangchao-dispatcher-2", SUPERVISOR].map(inPrivate),
      ].sort(),
    );
  });

  it("never has its subject said in a group, whoever asks there", async () => {
    const all = [
      ...(await chat.say(NEIGHBOUR, GROUP, `查 ${no}`)),
      ...(await chat.say(NEIGHBOUR, GROUP, "我报的事咋样了")),
      ...(await chat.say(DISPATCHER, WORK, `查 ${no}`)),
      ...(await chat.say(DISPATCHER, WORK, `流程 ${no}`)),
      ...(await chat.say(DISPATCHER, WORK, "我的待办")),
      ...(await chat.say(DISPATCHER, WORK, `受理 ${no}`)),
      ...(await chat.say(DISPATCHER, WORK, `交办 ${no} 给派出所`)),
      ...(await handled()),
      ...(await chat.say(NEIGHBOUR, GROUP, "五星")),
    ];
    for (const text of inGroups(all)) expect(text).not.toMatch(/赵主任|好处费|作风|派出所/);
    expect(heard(all, inPrivate(NEIGHBOUR))).toContain(WORDS);
    expect(heard(all, inPrivate(DISPATCHER))).toContain("已受理");
  });

  it("is out of reach for the grid it is about: neither seen, nor listed, nor verified", async () => {
    const all = await handled();
    for (const who of [WORKER, LEADER, "nantang-mentor", "wangchao-principal"]) {
      expect(heard(all, inPrivate(who))).toBe("");
      for (const text of [
        `查 ${no}`,
        `流程 ${no}`,
        `验收通过 ${no}`,
        `不通过 ${no} 乱说的`,
        "我的待办",
      ])
        expect(await alone(who, text)).not.toMatch(/赵主任|好处费|通过。|已退回/);
    }
    expect(await statusOf(chat, no)).toBe("completed");
  });

  it("is checked by the command room or the supervisors instead", async () => {
    const all = await handled();
    expect(heard(all, inPrivate(DISPATCHER))).toContain(`核实后请回「验收通过 ${no}」`);
    expect(heard(all, inPrivate(SUPERVISOR))).toContain(`【请验收】${no}`);
    expect(await owed(chat, no)).toEqual(["verify SLQ-WC 11月26日17:30"]);
    expect(await alone(DISPATCHER, "我的待办")).toContain(`${no} 待验收`);
    expect(await alone(SUPERVISOR, `验收通过 ${no}`)).toContain("已结案");
    expect(await owed(chat, no)).toEqual([]);
  });

  it("can be taken by the supervisors themselves, who then do not verify it", async () => {
    await alone(DISPATCHER, `受理 ${no}`);
    // The responsibility list names the district itself, whose supervisors look into conduct.
    const assigned = await chat.say(DISPATCHER, inPrivate(DISPATCHER), `交办 ${no}`);
    expect(heard(assigned, inPrivate(SUPERVISOR))).toContain(`【交办】${no}`);
    expect(await alone(SUPERVISOR, `签收 ${no}`)).toContain(`已签收 ${no}`);
    await alone(SUPERVISOR, `办结 ${no} 已谈话`);
    expect(await alone(SUPERVISOR, `验收通过 ${no}`)).toContain("不能自己验收");
    expect(await alone(DISPATCHER, `验收通过 ${no}`)).toContain("已结案");
  });

  it("hides from the handler who reported it and in which words", async () => {
    await handled();
    const history = await alone(OFFICE, `流程 ${no}`);
    expect(history).toContain("上报(报事人)");
    expect(history).not.toContain(NEIGHBOUR);
  });

  it("asks for more in private, not in the group", async () => {
    const answer = await chat.say(NEIGHBOUR, GROUP, `${no} 五星`);
    expect(inGroups(answer).join()).not.toContain("赵主任");
  });
});
