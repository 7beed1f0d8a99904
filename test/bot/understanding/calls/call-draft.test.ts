import { describe, expect, it } from "vitest";
import { readCallDraft } from "../../../../bot/understanding/calls/call-draft.ts";
import { minute, NOW } from "./now.ts";

interface Told {
  note: string;
  cause: string;
  place: string | null;
  depts: string[];
  at: string | null;
  emergency?: true;
}

const TOLD: Told[] = [
  {
    note: "滨江路烧烤摊占道 屡禁不止 要综合执法 市场监管 公安 明晚8点滨江路口集中",
    cause: "滨江路烧烤摊占道 屡禁不止",
    place: "滨江路口",
    depts: ["综合执法", "市场监管", "公安"],
    at: "2026-11-23T20:00",
  },
  {
    note: "夜市油烟反复,要执法市监生态公安明晚8点到",
    cause: "夜市油烟反复",
    place: null,
    depts: ["执法", "市监", "生态", "公安"],
    at: "2026-11-23T20:00",
  },
  {
    note: "东风工业园偷排 请生态环境、水务到场 后天上午9点",
    cause: "东风工业园偷排",
    place: "东风工业园",
    depts: ["生态环境", "水务"],
    at: "2026-11-24T09:00",
  },
  {
    note: "明晚8点到和平路农贸市场门口集合,请综合执法、市监局、公安参加,占道经营反复",
    cause: "占道经营反复",
    place: "和平路农贸市场门口",
    depts: ["综合执法", "市监局", "公安"],
    at: "2026-11-23T20:00",
  },
  {
    note: "消防通道被占 屡教不改 要消防 公安 明天上午9点半翠湖苑3幢集合",
    cause: "消防通道被占 屡教不改",
    place: "翠湖苑3幢",
    depts: ["消防", "公安"],
    at: "2026-11-23T09:30",
  },
  {
    note: "翠湖苑3幢违建 需要综合执法局和住建局等部门配合 11月25日9:00",
    cause: "翠湖苑3幢违建",
    place: "翠湖苑3幢",
    depts: ["综合执法局", "住建局"],
    at: "2026-11-25T09:00",
  },
  {
    note: "占道经营 呼綜合執法、市場監管、公交公司 明天下午3點在和平路夜市入口集中",
    cause: "占道经营",
    place: "和平路夜市入口",
    depts: ["综合执法", "市场监管", "公交公司"],
    at: "2026-11-23T15:00",
  },
  {
    note: "事由:和平路夜市占道 地点:和平路与建设街口 部门:综合执法、市监、公安 时间:明晚8点",
    cause: "和平路夜市占道",
    place: "和平路与建设街口",
    depts: ["综合执法", "市监", "公安"],
    at: "2026-11-23T20:00",
  },
  {
    note: "时间：１１月２３日１９：４０；地点：翠湖苑南门；事由：飞线充电；部门：消防、供电公司",
    cause: "飞线充电",
    place: "翠湖苑南门",
    depts: ["消防", "供电公司"],
    at: "2026-11-23T19:40",
  },
  {
    note: "11月23日19:40综合执法 市监 公安到和平路建设街口集中整治夜市",
    cause: "集中整治夜市",
    place: "和平路建设街口",
    depts: ["综合执法", "市监", "公安"],
    at: "2026-11-23T19:40",
  },
  { note: "夜市占道", cause: "夜市占道", place: null, depts: [], at: null },
  { note: "要综合执法 市监", cause: "", place: null, depts: ["综合执法", "市监"], at: null },
  {
    note: "夜市占道 要综合执法 市监 明天上午",
    cause: "夜市占道 要综合执法 市监 明天上午",
    place: null,
    depts: ["综合执法", "市监"],
    at: null,
  },
  {
    note: "突发!厂房雨棚要塌 呼住建应急消防马上到",
    cause: "厂房雨棚要塌",
    place: null,
    depts: ["住建", "应急", "消防"],
    at: null,
    emergency: true,
  },
  {
    note: "突发!东风工业园仓库起火 呼应急 消防",
    cause: "东风工业园仓库起火",
    place: "东风工业园",
    depts: ["应急", "消防"],
    at: null,
    emergency: true,
  },
  {
    note: "突发! 和平路塌陷 请住建 公安 水务 20分钟内到场",
    cause: "和平路塌陷",
    place: "和平路",
    depts: ["住建", "公安", "水务"],
    at: "2026-11-22T15:20",
    emergency: true,
  },
  {
    note: "突发 翠湖苑5幢燃气泄漏 呼燃气公司、消防",
    cause: "翠湖苑5幢燃气泄漏",
    place: "翠湖苑5幢",
    depts: ["燃气公司", "消防"],
    at: null,
    emergency: true,
  },
];

describe("the draft of a call", () => {
  it.each(TOLD.map((told) => [told.note, told] as const))("reads 「%s」", (note, told) => {
    const draft = readCallDraft(note, NOW);
    expect(draft.deptNames).toEqual(told.depts);
    expect(draft.placeRaw).toBe(told.place);
    expect(minute(draft.reportAt)).toBe(told.at);
    expect(draft.emergency).toBe(told.emergency ?? false);
    if (!note.endsWith("上午")) expect(draft.cause).toBe(told.cause);
  });

  it("knows a department by the name of the directory", () => {
    const draft = readCallDraft("围挡占路 请城投集团、公安到场", NOW, ["城投集团"]);
    expect(draft.deptNames).toEqual(["城投集团", "公安"]);
    expect(draft.cause).toBe("围挡占路");
  });
});
