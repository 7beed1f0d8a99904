import { describe, expect, it } from "vitest";
import { SYSTEM } from "../../../../services/domain/actor.ts";
import { decideEvent } from "../../../../services/domain/decide-event.ts";
import { dutiesOfEvent } from "../../../../services/domain/duties-of-event.ts";
import { shorterDue, underHotlineDue } from "../../../../services/domain/hotline/due.ts";
import { hotlineMapping } from "../../../../services/domain/hotline/mapping.ts";
import {
  type HotlineOrder,
  readOrder,
  versionOf,
} from "../../../../services/domain/hotline/order.ts";
import { readTheirTime } from "../../../../services/domain/hotline/their-time.ts";
import { type KnownOrder, readUpdate } from "../../../../services/domain/hotline/update.ts";
import { DEFAULT_POLICY } from "../../../../services/domain/policy.ts";
import { isoLocal } from "../../../../services/domain/time.ts";
import { readMailForm } from "../../../../services/hotline/mail-form.ts";
import { anAssignee, anEvent, inContext } from "../../../support/events.ts";
import { anOrder } from "../../../support/hotline.ts";

const mapping = hotlineMapping("hotline12345", []);
const read = (row: Record<string, string>) => readOrder(Object.entries(row), mapping);
const order = (row: Record<string, string> = {}): HotlineOrder => {
  const result = read(anOrder(row));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.order;
};
const at = (local: string) => new Date(`2026-11-${local}+08:00`);

describe("a moment as hotlines write it", () => {
  it.each([
    ["2026-11-22 09:30:00", "2026-11-22T09:30:00+08:00"],
    ["2026/11/2 9:30", "2026-11-02T09:30:00+08:00"],
    ["2026年11月22日9时30分", "2026-11-22T09:30:00+08:00"],
    ["2026.11.22 9点", "2026-11-22T09:00:00+08:00"],
    ["20261122093015", "2026-11-22T09:30:15+08:00"],
    ["2026-11-22T01:30:00Z", "2026-11-22T09:30:00+08:00"],
    ["2026-11-22T09:30:00.000+08:00", "2026-11-22T09:30:00+08:00"],
    ["2026-11-22", "2026-11-22T00:00:00+08:00"],
  ])("%s is %s", (text, moment) => {
    const found = readTheirTime(text, "begin");
    expect(found === null ? null : isoLocal(found)).toBe(moment);
  });

  it("a bare day as a deadline lasts until its end; nonsense is none", () => {
    expect(readTheirTime("2026-11-22", "end")).toEqual(at("22T23:59:00"));
    for (const text of ["昨天", "2026-11-31", "2026-13-01", "2026-11-22 25:00", "13800000001"])
      expect(readTheirTime(text, "end")).toBeNull();
  });
});

describe("a row of a hotline", () => {
  it("is an order in our terms; the caller stands by themselves, what else came is kept masked", () => {
    const found = order({
      标题: "垃圾桶满溢",
      诉求类别: "环卫",
      备注: "回拨13800000001",
      办理期限: "2026-11-30",
    });
    expect(found).toMatchObject({
      no: "2026112200123",
      state: "dispatched",
      words: expect.stringMatching(/^垃圾桶满溢\n市民反映/),
      category: null,
      contact: { name: "张阿姨", phone: "13800000001" },
      dueAt: at("30T23:59:00"),
    });
    expect(JSON.stringify(found.raw)).not.toMatch(/13800000001|张阿姨/);
    expect(found.raw.备注).toBe("回拨138****0001");
  });

  it("names everything that is wrong with it at once, by its own columns", () => {
    const wrong = read({
      工单编号: "2.02611E+12",
      工单状态: "已升天",
      操作: "飞",
      办理期限: "尽快",
      催单次数: "多次",
      经度: "120.5",
      红灯时间: "1",
    });
    expect(wrong.ok).toBe(false);
    const problems = wrong.ok ? [] : wrong.problems;
    expect(problems.map(({ column }) => column).sort()).toEqual(
      ["催单次数", "办理期限", "工单状态", "工单编号", "操作", "红灯时间", "经度"].sort(),
    );
    for (const { what } of problems) expect(what).toMatch(/请.*。$/s);
    expect(read({ 诉求内容: "没有编号" })).toMatchObject({ ok: false });
  });

  it("is the same version whatever unimportant columns say", () => {
    expect(versionOf(order({ 序号: "1" }))).toBe(versionOf(order({ 序号: "77" })));
    expect(versionOf(order({ 办理期限: "2026-11-30" }))).not.toBe(versionOf(order()));
  });
});

describe("a newer version", () => {
  const known = (changes: Partial<KnownOrder> = {}): KnownOrder => ({
    changedAt: at("25T08:50:00"),
    state: "dispatched",
    words: order().words,
    supplement: "",
    urges: null,
    dueAt: null,
    ...changes,
  });
  const asks = (row: Record<string, string>, of = known()) => readUpdate(of, order(row)).asks;

  it("asks what it says, by count, by state, by what was done, by added words", () => {
    expect(asks({})).toEqual([]);
    expect(asks({ 催单次数: "1" })).toEqual(["urge"]);
    expect(asks({ 催单次数: "1" }, known({ urges: 1 }))).toEqual([]);
    expect(asks({ 补充内容: "在单元门口" })).toEqual(["supplement"]);
    expect(asks({ 诉求内容: "写得更清楚了" })).toEqual(["supplement"]);
    expect(asks({ 工单状态: "不满意", 重办原因: "没清干净" })).toEqual(["redo"]);
    expect(asks({ 工单状态: "督办" }, known({ state: "supervised" }))).toEqual([]);
    expect(asks({ 操作: "催办", 工单状态: "督办" })).toEqual(["urge", "supervise"]);
    expect(asks({ 操作: "催办", 工单状态: "撤单" })).toEqual(["withdraw"]);
    expect(asks({ 工单状态: "归档" })).toEqual([]);
  });

  it("is late only by its own clock against a known one", () => {
    const late = (row: Record<string, string>, of = known()) => readUpdate(of, order(row)).late;
    expect(late({ 更新时间: "2026-11-25 08:49:59" })).toBe(true);
    expect(late({ 更新时间: "2026-11-25 08:50:00" })).toBe(false);
    expect(late({ 更新时间: "" })).toBe(false);
    expect(late({ 更新时间: "2020-01-01" }, known({ changedAt: null }))).toBe(false);
  });

  it("tells a deadline only where it is another, and that they closed it once", () => {
    expect(readUpdate(known(), order({ 办理期限: "2026-11-30" })).dueAt).toEqual(at("30T23:59:00"));
    const same = known({ dueAt: at("30T23:59:00"), state: "closed" });
    expect(readUpdate(same, order({ 办理期限: "2026-11-30", 工单状态: "已结案" }))).toMatchObject({
      dueAt: null,
      closedThere: false,
    });
    expect(readUpdate(known(), order({ 工单状态: "已结案" })).closedThere).toBe(true);
  });
});

describe("of two deadlines", () => {
  const [early, late] = [at("26T12:00:00"), at("30T12:00:00")];

  it("the shorter holds, and ours comes back when theirs goes", () => {
    expect(shorterDue(early, late)).toBe(early);
    expect(shorterDue(null, late)).toBe(late);
    const ours = { dueAt: late, ownDueAt: null, hotlineDueAt: null };
    const held = underHotlineDue(ours, early);
    expect(held).toEqual({ dueAt: early, ownDueAt: late, hotlineDueAt: early });
    expect(underHotlineDue(held, at("28T12:00:00")).dueAt).toEqual(at("28T12:00:00"));
    expect(underHotlineDue(held, null)).toEqual(ours);
    expect(underHotlineDue(ours, at("30T23:00:00")).dueAt).toBe(late);
  });

  it("holds for each step before the work as well", () => {
    const owners = {
      commandRoom: { orgCode: "WC", personId: null },
      commandCenter: { orgCode: "SLQ", personId: null },
      grid: { orgCode: "NT", personId: null },
    };
    for (const status of ["pendingAccept", "accepted", "escalated", "assigned"] as const) {
      const event = anEvent({ status, assignees: [anAssignee()], hotlineDueAt: early });
      const [duty] = dutiesOfEvent(event, owners, DEFAULT_POLICY, at("25T09:00:00"));
      expect(duty?.noLaterThan).toBe(early);
    }
  });

  it("a granted delay does not reach beyond theirs, and says so", () => {
    const event = anEvent({
      status: "handling",
      assignees: [anAssignee({ signed: true })],
      delayRequest: { workdays: 5, reason: "等材料", by: "p1" },
      dueAt: early,
      ownDueAt: late,
      hotlineDueAt: early,
    });
    const granted = decideEvent(
      event,
      { action: "decideDelay", approved: true },
      inContext({ actor: SYSTEM }),
    );
    expect(granted).toMatchObject({
      ok: true,
      patch: { dueAt: early },
      note: expect.stringContaining("热线期限 11月26日12:00"),
    });
    expect(granted.ok && granted.notices[0]?.params).toMatchObject({ heldByHotline: true });
    expect(granted.ok && (granted.patch.ownDueAt ?? early) > late).toBe(true);
  });

  it("work that is done again is not late by the deadline of the first round", () => {
    const event = anEvent({
      status: "completed",
      assignees: [anAssignee({ signed: true })],
      dueAt: at("24T12:00:00"),
      ownDueAt: late,
      hotlineDueAt: at("24T12:00:00"),
    });
    const again = decideEvent(
      event,
      { action: "reopen", reason: "重办" },
      inContext({ actor: SYSTEM }),
    );
    expect(again.ok && again.patch).toMatchObject({ hotlineDueAt: null, ownDueAt: null });
    expect(again.ok && (again.patch.dueAt ?? null) !== null).toBe(true);
  });
});

describe("a form in a mail", () => {
  it("is read line by line, words go on, several orders follow each other, quotes are left", () => {
    const text = [
      "您好,请办理:",
      "【工单编号】A-10001",
      "诉求内容:楼道灯不亮",
      "已经三天",
      "办理期限: 2026-11-30",
      "此致",
      "工单编号:A-10002",
      "诉求内容:井盖松动",
      "-----",
      "12345 热线 电话:12345",
      "> 工单编号:A-9",
    ].join("\r\n");
    expect(readMailForm(text, mapping)).toEqual([
      {
        at: 1,
        row: [
          ["工单编号", "A-10001"],
          ["诉求内容", "楼道灯不亮\n已经三天"],
          ["办理期限", "2026-11-30"],
        ],
      },
      {
        at: 2,
        row: [
          ["工单编号", "A-10002"],
          ["诉求内容", "井盖松动"],
        ],
      },
    ]);
    expect(readMailForm("请查收", mapping)).toEqual([]);
  });
});
