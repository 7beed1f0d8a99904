import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { buildCategoryReader } from "../../../bot/understanding/categories.ts";
import { matchItems, type ResponsibilityItem } from "../../../services/domain/responsibility.ts";
import { anItem } from "../../support/call-tickets.ts";

const rows = (file: string): Record<string, string>[] =>
  parse(readFileSync(`db/registry/sample/${file}.csv`), { columns: true });
const codes = (field: string | undefined) => (field ?? "").split(";").filter((code) => code !== "");

/** The 属地管理清单 of the sample district. */
const LIST: ResponsibilityItem[] = rows("responsibility").map((row) =>
  anItem({
    no: row.no ?? "",
    name: row.name ?? "",
    categories: codes(row.categories),
    leadDept: row.lead_dept ?? "",
    supportDepts: codes(row.support_depts),
  }),
);
const reader = buildCategoryReader(rows("categories").map((row) => row.slug ?? ""));

/** The numbers of the items that fit, as for a draft in chat. */
const itemsFor = (cause: string, deptCodes: string[] = []): string[] =>
  matchItems(
    { cause, categories: reader.read(cause).scores.map(({ category }) => category), deptCodes },
    LIST,
  ).map(({ no }) => no);

describe("the item of the 属地管理清单 for a matter", () => {
  it("has a list of 81 to choose from", () => {
    expect(LIST.map(({ no }) => Number(no))).toEqual(Array.from({ length: 81 }, (_, at) => at + 1));
  });

  it.each([
    ["滨河路夜市占道油烟反复,晚上吵到十二点", "1"],
    ["桥头菜场门口一排无照游商赶了又来", "4"],
    ["锦绣苑楼下烧烤店油烟直排居民家里", "6"],
    ["广场舞音响太大,几个小区一起投诉", "9"],
    ["顶楼加盖违法建设要拆,怕阻挠执法", "11"],
    ["渣土车一路抛洒,学院西路全是泥", "15"],
    ["工地扬尘大,没有围挡喷淋", "16"],
    ["共享单车堆满人行道挡住盲道", "20"],
    ["消防通道被私家车长期堵死", "23"],
    ["台风刮倒行道树压住三辆车", "26"],
    ["小区好几条流浪狗追人", "28"],
    ["泉畔河水发黑发臭,疑似有人偷排", "32"],
    ["雨水管里流出污水,雨污混接", "34"],
    ["一下雨解放街就积水,车都熄火", "37"],
    ["老旧小区楼道堆满杂物,飞线充电", "39"],
    ["公交站点黑车揽客非法营运", "47"],
    ["外墙瓷砖往下掉,砸坏了车", "52"],
    ["厂房里违规存放危险化学品", "60"],
    ["农贸市场秩序乱,周边车辆乱停", "65"],
    ["预付卡健身房跑路,上百人要退钱", "69"],
    ["群租房隔断十几间,消防隐患大", "76"],
  ])("「%s」 is number %s, or among the first three", (cause, no) => {
    expect(itemsFor(cause).slice(0, 3)).toContain(no);
  });

  it.each([
    "楼上邻居弹钢琴",
    "今天天气不错",
    "想问一下医保怎么报销",
    "请应急管理局协调一下明天的会议",
    "整治",
    "处置一下这个问题",
    "明晚八点集合",
  ])("is none for 「%s」, whichever departments are named", (cause) => {
    expect(itemsFor(cause, ["SLQ-ZF", "SLQ-SJ"])).toEqual([]);
  });
});

describe("what counts when several items fit", () => {
  const two = [
    anItem({ no: "2", name: "甲类整治", categories: ["a"], leadDept: "ZF", supportDepts: [] }),
    anItem({ no: "10", name: "乙类整治", categories: ["a"], leadDept: "SJ", supportDepts: ["GA"] }),
  ];
  const order = (matter: Partial<Parameters<typeof matchItems>[0]>) =>
    matchItems({ cause: "", categories: ["a"], deptCodes: [], ...matter }, two).map(({ no }) => no);

  it("is the departments asked for, where the matter is the same", () => {
    expect(order({})).toEqual(["2", "10"]);
    expect(order({ deptCodes: ["GA"] })).toEqual(["10", "2"]);
  });

  it("is nothing without category or words in common", () => {
    const many = [anItem({ supportDepts: ["SJ", "GA", "HJ"], categories: ["a"] })];
    const deptCodes = ["ZF", "SJ", "GA", "HJ"];
    expect(matchItems({ cause: "", categories: ["b"], deptCodes }, many)).toEqual([]);
    expect(matchItems({ cause: "", categories: ["a"], deptCodes }, many)).toHaveLength(1);
  });

  it("is the category that the words speak for first", () => {
    const other = anItem({ no: "3", name: "丙类", categories: ["b"] });
    const found = matchItems({ cause: "", categories: ["b", "a"], deptCodes: ["ZF"] }, [
      ...two,
      other,
    ]);
    expect(found.map(({ no }) => no)).toEqual(["3", "2", "10"]);
  });
});
