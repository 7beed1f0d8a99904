import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findCall } from "../../db/queries/calls.ts";
import { type Chat, openChat, type Said } from "../support/chat.ts";
import {
  bring,
  DISPATCHER,
  GROUP,
  HANDLER,
  heard,
  inPrivate,
  NEIGHBOUR,
  owed,
  reported,
  WORK,
} from "./town.ts";

const OFFICER = "wangchao-officer-1";
const PRINCIPAL = "wangchao-principal";
const DISTRICT = "district-dispatcher-1";
const SUPERVISOR = "district-supervisor";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const says = (who: string, text: string) => chat.say(who, inPrivate(who), text);
/** The names of what is owed on it now. */
const duties = async (no: string) => (await owed(chat, no)).map((line) => line.split(" ")[0]);
const reads = (said: readonly Said[], who: string) => heard(said, inPrivate(who));

describe("催办, 督办 and 批示 of an event", () => {
  it("a resident urges, the handler owes an answer, and the resident gets it", async () => {
    const no = await reported(chat);
    await bring(chat, no, "handling");
    await chat.say(NEIGHBOUR, GROUP, `催一下 ${no}`);
    expect(await duties(no)).toContain("answerSupervision");
    const answered = await says(HANDLER, `进展 ${no} 配件明天到,明天下午换`);
    expect(heard(answered, GROUP)).toContain("您催办的事有回复了:配件明天到,明天下午换");
    expect(await duties(no)).not.toContain("answerSupervision");
  });

  it("urging again restarts no clock, and takes no authority's place", async () => {
    const no = await reported(chat);
    await bring(chat, no, "handling");
    await says(SUPERVISOR, `红牌督办 ${no} 明天12点前回`);
    const demanded = (await chat.event(no)).state.demands;
    expect(demanded).toMatchObject([
      { kind: "supervise", grade: "red", by: "鲍正直", answerBy: "2026-11-26T04:00:00.000Z" },
    ]);
    await chat.say(NEIGHBOUR, GROUP, `催一下 ${no}`);
    expect((await chat.event(no)).state.demands).toEqual(demanded);
  });

  it("a leader's and a supervisor's demands stand beside each other, and each hears the answer", async () => {
    const no = await reported(chat);
    await bring(chat, no, "handling");
    await says(PRINCIPAL, `批示 ${no} 今天务必办好`);
    await says(SUPERVISOR, `红牌督办 ${no} 明天12点前回`);
    expect((await duties(no)).filter((duty) => duty === "answerSupervision")).toHaveLength(2);
    const answered = await says(HANDLER, `进展 ${no} 配件到了,下午装`);
    for (const who of [PRINCIPAL, SUPERVISOR])
      expect(reads(answered, who)).toContain("配件到了,下午装");
    expect(await duties(no)).not.toContain("answerSupervision");
  });

  it("is answered by the result too", async () => {
    const no = await reported(chat);
    await bring(chat, no, "handling");
    await says(SUPERVISOR, `督办 ${no} 尽快`);
    const done = await says(HANDLER, `办结 ${no} 已清运`);
    expect(reads(done, SUPERVISOR)).toContain("已清运");
  });

  it("before anybody holds it, the command room answers", async () => {
    const no = await reported(chat);
    const told = await says(SUPERVISOR, `督办 ${no} 今天到现场看看`);
    expect(heard(told, WORK)).toContain(`【督办】${no}`);
    expect(heard(told, WORK)).toContain(`回「进展 ${no} 情况」答复`);
    await chat.say(DISPATCHER, WORK, `进展 ${no} 已派人去看`);
    expect(await duties(no)).not.toContain("answerSupervision");
  });

  it("goes along when the street sends the event up to the district", async () => {
    const no = await reported(chat);
    await bring(chat, no, "accepted");
    await says(SUPERVISOR, `督办 ${no} 今天要有说法`);
    await chat.say(DISPATCHER, WORK, `上报 ${no} 超出街道职责`);
    expect(await duties(no)).toContain("answerSupervision");
  });
});

describe("催办, 督办 and 批示 of a call", () => {
  const called = async () => {
    const draft =
      "发起街呼区应 滨河路夜市占道油烟反复整治 要综合执法 市场监管 明天下午3点滨河路解放街口集合";
    const no = /HJ\d{8}-\d{3}/.exec(reads(await says(OFFICER, draft), OFFICER))?.[0] ?? "";
    expect(no).toMatch(/^HJ/);
    return no;
  };
  const dispatched = async () => {
    const no = await called();
    await says(PRINCIPAL, `签批同意 ${no}`);
    await says(DISTRICT, `派遣 ${no} 综合执法2人 市场监管2人 11月26日15:00 滨河路解放街口`);
    return no;
  };
  const demands = async (no: string) => (await findCall(chat.database, no))?.state.demands;

  it("the officer urges the principal, whose signature is the answer", async () => {
    const no = await called();
    const urged = await says(OFFICER, `催办 ${no} 下午就要派人`);
    expect(reads(urged, PRINCIPAL)).toContain(`【催办】${no}`);
    expect(reads(urged, OFFICER)).toContain("街道会看到并答复");
    expect(await duties(no)).toEqual(["answerSupervision", "approve"]);
    await says(PRINCIPAL, `签批同意 ${no}`);
    expect(await duties(no)).toEqual(["assess"]);
  });

  it("each department owes its own answer, which goes to whoever demanded it", async () => {
    const no = await dispatched();
    const told = await says(SUPERVISOR, `黄牌督办 ${no} 今天下午5点前答复人员安排`);
    for (const who of ["zhifa-responder", "shijian-responder"])
      expect(reads(told, who)).toContain(`【黄牌督办】${no}`);
    const answerDuties = async () =>
      (await duties(no)).filter((duty) => duty === "answerSupervision").length;
    expect(await answerDuties()).toBe(2);
    const answered = await says("zhifa-responder", `答复 ${no} 已安排2人带队`);
    expect(reads(answered, SUPERVISOR)).toContain("费长青:已安排2人带队");
    expect(await answerDuties()).toBe(1);
    expect(
      reads(await says("zhifa-responder", `答复 ${no} 再说一遍`), "zhifa-responder"),
    ).toContain("没有等您答复的催办、督办或批示");
  });

  it("a second demand leaves the first one standing, and a completion answers both", async () => {
    const no = await dispatched();
    await says(PRINCIPAL, `批示 ${no} 综合执法 务必今天收摊`);
    await says(SUPERVISOR, `督办 ${no} 市场监管 报人员安排`);
    const owing = async () =>
      (await owed(chat, no)).filter((line) => line.startsWith("answerSupervision")).length;
    expect(await owing()).toBe(2);
    await says("zhifa-responder", `到了 ${no}`);
    await says(OFFICER, `确认到场 ${no} 综合执法`);
    const done = await says("zhifa-responder", `办结反馈 ${no} 已收摊`);
    expect(reads(done, PRINCIPAL)).toContain("办结反馈:已收摊");
    expect(await owing()).toBe(1);
  });

  it("a demand may name one department and its own time", async () => {
    const no = await dispatched();
    const told = await says(PRINCIPAL, `批示 ${no} 市场监管 明天上午10点前报方案`);
    expect(reads(told, "shijian-responder")).toContain("请在11月26日10:00前答复");
    expect(reads(told, "zhifa-responder")).toBe("");
    expect(await demands(no)).toMatchObject([{ kind: "instruct", owedBy: ["SLQ-SJ"] }]);
  });

  it("is refused to whoever may not, and where nobody owes anything", async () => {
    const no = await called();
    const refused = await says("zhifa-responder", `督办 ${no} 快点`);
    expect(reads(refused, "zhifa-responder")).toContain("您没有督办权限");
    await says(OFFICER, `撤销 ${no}`);
    expect(reads(await says(DISTRICT, `督办 ${no} 快点`), DISTRICT)).toContain("不能督办");
    expect(await demands(no)).toEqual([]);
  });
});
