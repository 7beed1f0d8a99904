import type { ServiceItem } from "../../services/domain/service-item.ts";

/** So much of each field fits on a phone's screen together with the others. */
const LONGEST = { name: 24, conditions: 70, materials: 100, window: 40, hours: 40, source: 40 };

/** What the district's guide says of an item, in its own words and with its source. */
export function serviceItem(item: ServiceItem): string {
  const quote = (field: keyof typeof LONGEST): string => shortened(item[field], LONGEST[field]);
  const phone = item.phone === null ? "" : `,电话 ${shortened(item.phone, 30)}`;
  return [
    `【${quote("name")}】`,
    `条件:${quote("conditions")}`,
    `材料:${quote("materials")}`,
    `窗口:${quote("window")}${phone}`,
    `时间:${quote("hours")}`,
    `来源:${quote("source")}。以窗口答复为准;要工作人员联系您,回复「转人工」。`,
  ].join("\n");
}

const shortened = (text: string, longest: number): string => {
  const line = text.replace(/\s+/g, " ").trim();
  const signs = [...line];
  return signs.length <= longest ? line : `${signs.slice(0, longest - 1).join("")}…`;
};

/** Only names are said: which one is meant decides what is quoted. */
export const whichService = (names: readonly string[]): string =>
  names.length === 1
    ? `您问的是「${names[0]}」吗?是的话请回复 1。都不是,请拨打 12345,或回复「转人工」。`
    : [
        "您问的是哪一项?请回复序号:",
        ...names.map((name, index) => `${index + 1}. ${name}`),
        "都不是,请拨打 12345,或回复「转人工」。",
      ].join("\n");

export const personCalled =
  "已转告指挥室,请工作人员联系您。着急可拨打 12345;紧急情况请拨打 110、119、120、122。";

export const personCalledAlready = "已经转告过指挥室了,请等工作人员联系。着急可拨打 12345。";
