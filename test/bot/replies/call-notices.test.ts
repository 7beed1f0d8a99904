import { describe, expect, it } from "vitest";
import { noticeText } from "../../../bot/replies/notices.ts";

const words = {
  categoryName: (slug: string) => slug,
  orgName: (code: string) => `${code}局`,
  urlOf: (path: string) => `https://yihu.example${path}`,
};
const sentence = (kind: string, params: Record<string, unknown> = {}) =>
  noticeText({ kind, params: { no: "HJ1", summary: "厂房彩钢瓦要掉", ...params } }, words);
const atOnce = {
  cause: "厂房彩钢瓦要掉",
  reportPlace: "桥头工业区",
  depts: ["ZJ", "YJ"],
  respondBy: "2026-11-25T01:15:00.000Z",
  arriveBy: "2026-11-25T01:30:00.000Z",
};

describe("the sentences about calls", () => {
  it("ask the principal to sign for an emergency, with the words to answer", () => {
    expect(sentence("callToSupplement", atOnce)).toBe(
      "【待补签】🚨【突发呼叫】HJ1 厂房彩钢瓦要掉\n事由:厂房彩钢瓦要掉\n报到:立即 桥头工业区\n呼叫:ZJ局、YJ局\n限11月25日09:15前响应、11月25日09:30前到场。\n先派后补签,请2小时内补签:同意请回「签批同意 HJ1」,不同意请回「退回 HJ1 理由」。",
    );
  });

  it("tell the district who was sent without its doing", () => {
    expect(sentence("emergencyDispatched", { ...atOnce, signed: false })).toMatch(
      /呼叫:ZJ局、YJ局\n.*\n街道已直接派出,待主要负责同志补签。增派请回「派遣 HJ1 ××局2人」。$/,
    );
    expect(sentence("emergencyDispatched", { ...atOnce, signed: true })).not.toContain("补签");
  });

  it("say where a number comes from that nobody named", () => {
    expect(sentence("callDispatched", { headcount: 4, fromList: true })).toContain(
      " · 清单要求4人",
    );
    expect(sentence("callDispatched", { headcount: 4, fromList: false })).toContain(" · 4人");
  });

  it("do not speak of results where there was only silence", () => {
    expect(sentence("callToClose", { silent: [] })).toContain("各部门都有结果了。");
    const silent = [
      { dept: "SJ", fault: "noShow" },
      { dept: "SW", fault: "noResponse" },
    ];
    const text = sentence("callToClose", { silent });
    expect(text).toContain("SJ局未到场、SW局未反馈,已留痕,可以结案。");
    expect(text).not.toContain("都有结果");
  });
});
