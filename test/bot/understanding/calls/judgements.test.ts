import { describe, expect, it } from "vitest";
import { readFault } from "../../../../bot/understanding/calls/fault.ts";
import { readFollowUp } from "../../../../bot/understanding/calls/follow-up.ts";
import { readScores } from "../../../../bot/understanding/calls/scores.ts";

describe("the closing opinion with scores", () => {
  it.each([
    [
      "三家都办完了 同意结案 综合执法95 市场监管90 住建来晚40分钟给70",
      "三家都办完了 同意结案",
      { 综合执法: [95, null], 市场监管: [90, null], 住建: [70, "来晚40分钟"] },
    ],
    ["综合执法95市场监管90", "", { 综合执法: [95, null], 市场监管: [90, null] }],
    ["综合执法９５分，市監九十分", "", { 综合执法: [95, null], 市监: [90, null] }],
    ["住建70分(来晚40分钟)", "", { 住建: [70, "来晚40分钟"] }],
    ["住建70 来晚40分钟 同意结案", "同意结案", { 住建: [70, "来晚40分钟"] }],
    ["执法95 住建迟到40分钟70", "", { 执法: [95, null], 住建: [70, "迟到40分钟"] }],
    [
      "同意结案。综合执法95/市监90/公安100",
      "同意结案",
      { 综合执法: [95, null], 市监: [90, null], 公安: [100, null] },
    ],
    ["综合执法、市监各95 公安90", "", { 综合执法: [95, null], 市监: [95, null], 公安: [90, null] }],
    [
      "全部办结,给综合执法打95,水务没来人给0分",
      "全部办结",
      { 综合执法: [95, null], 水务: [0, "没来人"] },
    ],
    [
      "综合执法已拆棚3处 市监立案2起 同意结案 综合执法 98 市监 满分",
      "综合执法已拆棚3处 市监立案2起 同意结案",
      { 综合执法: [98, null], 市监: [100, null] },
    ],
    ["综合执法中队95 清河派出所92", "", { 综合执法中队: [95, null], 清河派出所: [92, null] }],
    ["拆除占道棚3处 立案2起", "拆除占道棚3处 立案2起", {}],
    ["意见:已整改到位 综合执法:95", "已整改到位", { 综合执法: [95, null] }],
  ])("reads 「%s」", (note, opinion, scores) => {
    const read = readScores(note);
    expect(
      Object.fromEntries(read.scores.map(({ name, score, comment }) => [name, [score, comment]])),
    ).toEqual(scores);
    expect(read.opinion).toBe(opinion);
  });
});

describe("a supervisor's finding", () => {
  it.each([
    ["水务 迟响应", "水务", "lateResponse", ""],
    ["水务迟响应,列入通报", "水务", "lateResponse", "列入通报"],
    ["水务不响应", "水务", "noResponse", ""],
    ["住建 响应不作为 现场站着不管", "住建", "passiveResponse", "现场站着不管"],
    ["水务未到场", "水务", "noShow", ""],
    ["公安分局 遲到", "公安分局", "lateArrival", ""],
    ["水务局 未及时响应", "水务局", "lateResponse", ""],
    ["市监 未按时到场", "市监", "lateArrival", ""],
    ["水务", "水务", null, ""],
    ["迟响应", null, "lateResponse", ""],
  ])("「%s」 finds %s %s", (note, deptName, fault, rest) => {
    expect(readFault(note)).toEqual({ deptName, fault, note: rest });
  });
});

describe("a visit afterwards", () => {
  it.each([
    ["群众反映已解决 满意", true],
    ["基本满意", true],
    ["没再出现,感谢", true],
    ["不满意 晚上又开始了", false],
    ["還是老樣子", false],
    ["没解决", false],
    ["电话没人接", null],
  ])("「%s」 leaves %s", (note, satisfied) => {
    expect(readFollowUp(note).satisfied).toBe(satisfied);
  });
});
