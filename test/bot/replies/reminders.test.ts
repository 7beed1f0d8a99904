import { describe, expect, it } from "vitest";
import { remindersText } from "../../../bot/replies/reminders.ts";
import { readCommands } from "../../../bot/understanding/commands/read-commands.ts";
import { DUTIES, type Duty } from "../../../services/domain/obligation.ts";
import type { ReminderItem } from "../../../services/domain/reminder-item.ts";

const anItem = (changes: Partial<ReminderItem> = {}): ReminderItem => ({
  obligationId: "o1",
  step: 2,
  kind: "yellowCard",
  overdueDays: 0,
  natural: false,
  urgent: false,
  subject: { type: "event", no: "SJ20261125-0001" },
  summary: "河滨花园北门垃圾桶满溢",
  duty: "complete",
  dueAt: "2026-12-02T09:30:00.000Z",
  owner: "望潮街道环卫所 苗根生",
  ask: "do",
  ...changes,
});

describe("the text of a reminder", () => {
  it("names number, what is owed, by when, and what to answer", () => {
    expect(remindersText({ items: [anItem()] })).toBe(
      "【黄牌】SJ20261125-0001 河滨花园北门垃圾桶满溢\n请在12月2日17:30前办结,快到期了。\n办好请回「办结 SJ20261125-0001 做了什么」,来不及请回「申请延期 SJ20261125-0001 5个工作日 理由」。",
    );
  });

  it("tells others who owes it and what they can do", () => {
    const red = anItem({ kind: "overdue", overdueDays: 3, ask: "supervise" });
    expect(remindersText({ items: [red] })).toBe(
      "【红牌·超期3个工作日】SJ20261125-0001 河滨花园北门垃圾桶满溢\n应在12月2日17:30前办结,已超期(责任:望潮街道环卫所 苗根生)。\n可回「督办 SJ20261125-0001 要求」。",
    );
  });

  it("makes one digest of several, the gravest first", () => {
    const items = [
      anItem({ kind: "halfTime", subject: { type: "event", no: "SJ20261125-0003" } }),
      anItem({ kind: "redCard", subject: { type: "event", no: "SJ20261125-0002" } }),
      anItem({
        kind: "due",
        urgent: true,
        natural: true,
        subject: { type: "callTicket", no: "HJ20261125-001" },
        duty: "arrive",
      }),
    ];
    const lines = remindersText({ items }).split("\n");
    expect(lines[0]).toBe("⏰ 已超期1件、到期1件、快到期1件:");
    expect(lines[1]).toMatch(/^🚨【到期】HJ20261125-001 .*「到了 HJ20261125-001」/);
    expect(lines[2]).toMatch(/^【红牌】SJ20261125-0002/);
    expect(lines[3]).toMatch(/^【提醒】SJ20261125-0003/);
  });

  it("stays readable when a command room owes hundreds", () => {
    const items = Array.from({ length: 300 }, (_, index) =>
      anItem({
        obligationId: `o${index}`,
        subject: { type: "event", no: `SJ20261125-${1000 + index}` },
      }),
    );
    const text = remindersText({ items });
    expect(text).toContain("另有 260 件,回「我的待办」查看。");
    expect(text.split("\n")).toHaveLength(42);
  });
});

/** The action that the first phrase of each duty's reminder must be understood as. */
const MEANT: Record<Duty, string> = {
  accept: "accept",
  assign: "assign",
  sign: "sign",
  complete: "complete",
  verify: "verify",
  feedback: "close",
  close: "close",
  decideDelay: "decideDelay",
  answerSupervision: "progress",
  confirmAlarm: "confirmAlarm",
  approve: "approve",
  supplementApproval: "approve",
  assess: "dispatch",
  respond: "respond",
  arrive: "checkIn",
  completeCall: "complete",
  closeCall: "close",
  followUp: "followUp",
};

describe("what a reminder asks to be typed", () => {
  const OF_CALLS: readonly Duty[] = [
    "approve",
    "supplementApproval",
    "assess",
    "respond",
    "arrive",
    "completeCall",
    "closeCall",
    "followUp",
  ];
  const phrasesOf = (item: ReminderItem): string[] =>
    [...remindersText({ items: [item] }).matchAll(/「([^」]+)」/g)].map((match) => match[1] ?? "");

  it.each(DUTIES)("is understood for %s", (duty) => {
    const isCall = OF_CALLS.includes(duty);
    const type = isCall ? "callTicket" : duty === "confirmAlarm" ? "alarm" : "event";
    const no = { callTicket: "HJ20261125-001", alarm: "GJ20261125-0001", event: "SJ20261125-0001" }[
      type
    ];
    const phrases = phrasesOf(anItem({ duty, subject: { type, no } }));
    const read = phrases.map((text) =>
      readCommands(text, { official: true, call: isCall, roles: [] }),
    );
    expect(read[0]?.commands[0]).toMatchObject({ action: MEANT[duty], no });
    for (const { commands } of read) expect(commands[0]?.no).toBe(no);
  });

  it.each(["supervise", "urge", "look"] as const)("is understood for %s", (ask) => {
    const [phrase = ""] = phrasesOf(anItem({ ask }));
    const [command] = readCommands(phrase, { official: true, call: false, roles: [] }).commands;
    expect(command).toMatchObject({
      action: ask === "look" ? "status" : ask,
      no: "SJ20261125-0001",
    });
  });
});
