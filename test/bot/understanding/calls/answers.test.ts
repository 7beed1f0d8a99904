import { describe, expect, it } from "vitest";
import { readCheckIn } from "../../../../bot/understanding/calls/check-in.ts";
import { readDeptAndReason } from "../../../../bot/understanding/calls/department-and-reason.ts";
import { readEta } from "../../../../bot/understanding/calls/eta.ts";
import { readRespond } from "../../../../bot/understanding/calls/respond.ts";

describe("a department's answers", () => {
  it.each([
    ["2人准时到", 2, null],
    ["市监2人准时到", 2, "市监"],
    ["市场监管两名同志准时到", 2, "市场监管"],
    ["我们水务3个人", 3, "水务"],
    ["３人，马上出发", 3, null],
    ["準時到", null, null],
    ["", null, null],
    ["19:40准时到", null, null],
  ])("「收到 %s」 promises %s people of %s", (note, headcount, deptName) => {
    expect(readRespond(note)).toEqual({ headcount, deptName });
  });

  it.each([
    ["2人", 2],
    ["两个人,已开始", 2],
    ["", null],
  ])("「到了 %s」 brings %s people", (note, headcount) => {
    expect(readCheckIn(note)).toEqual({ headcount });
  });

  it.each([
    ["堵车晚20分钟", 20],
    ["晚半小时", 30],
    ["晚到一刻钟", 15],
    ["要晚一个半小时", 90],
    ["堵車 大概晚二十分鐘", 20],
    ["晚１小时１０分", 70],
    ["晚1.5小时", 90],
    ["路上堵死了", null],
  ])("「%s」 comes %s minutes late", (note, minutes) => {
    expect(readEta(note)).toBe(minutes);
  });

  it.each([
    ["市场监管", "市场监管", ""],
    ["水务 路上堵车", "水务", "路上堵车"],
    ["市監局：不屬職責", "市监局", "不属职责"],
    ["市场监管 理由:不属职责", "市场监管", "不属职责"],
    ["清河派出所已到场", "清河派出所", ""],
    ["没人手", null, "没人手"],
    ["油烟属生态环境职责,我局不响应", null, "油烟属生态环境职责,我局不响应"],
  ])("「%s」 is about %s: %s", (note, deptName, reason) => {
    expect(readDeptAndReason(note)).toEqual({ deptName, reason });
  });
});
