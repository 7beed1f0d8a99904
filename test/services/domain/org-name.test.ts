import { describe, expect, it } from "vitest";
import { type NamedOrg, resolveOrgName } from "../../../services/domain/org-name.ts";

const org = (
  code: string,
  type: string,
  name: string,
  parentCode: string | null,
  streetCode: string | null,
): NamedOrg => ({ code, type, name, parentCode, streetCode });

const ORGS = [
  org("D", "district", "历下区", null, null),
  org("Q", "street", "泉城路街道", "D", "Q"),
  org("W", "street", "文东街道", "D", "W"),
  org("Q1", "community", "县西巷社区", "Q", "Q"),
  org("Q2", "community", "按察司街社区", "Q", "Q"),
  org("W1", "community", "文东社区", "W", "W"),
  org("Q-zf", "station", "泉城路街道综合行政执法中队", "Q", "Q"),
  org("Q-sj", "station", "历下区市场监督管理局泉城路市场监管所", "Q", "Q"),
  org("Q-pcs", "station", "泉城路派出所", "Q", "Q"),
  org("Q-hw", "station", "泉城路环卫所", "Q", "Q"),
  org("W-zf", "station", "文东街道综合行政执法中队", "W", "W"),
  org("W-pcs", "station", "文东派出所", "W", "W"),
  org("W-sf", "station", "文东司法所", "W", "W"),
  org("ZF", "department", "历下区综合行政执法局", "D", null),
  org("SJ", "department", "历下区市场监督管理局", "D", null),
  org("ZJ", "department", "历下区住房和城乡建设局", "D", null),
  org("HB", "department", "济南市生态环境局历下分局", "D", null),
  org("GA", "department", "济南市公安局历下区分局", "D", null),
  org("JJ", "department", "历下区交警大队", "D", null),
  org("JT", "department", "历下区交通运输局", "D", null),
  org("XF", "department", "历下区消防救援大队", "D", null),
  org("YJ", "department", "历下区应急管理局", "D", null),
  org("RS", "department", "历下区人力资源和社会保障局", "D", null),
  org("MZ", "department", "历下区民政局", "D", null),
  org("WJ", "department", "历下区卫生健康局", "D", null),
  org("SW", "department", "历下区城乡水务局", "D", null),
  org("ZG", "department", "历下区自然资源局", "D", null),
  org("SJJ", "department", "历下区大数据局", "D", null),
];

/** The codes a name may mean; one code: found. */
function meant(said: string, street: string | null, orgs: readonly NamedOrg[] = ORGS): string {
  const resolution = resolveOrgName(said, orgs, street);
  switch (resolution.kind) {
    case "found":
      return resolution.org.code;
    case "ambiguous":
      return resolution.orgs.map((candidate) => candidate.code).join(" or ");
    case "unknown":
      return "unknown";
  }
}

describe("said in a street", () => {
  it.each([
    ["综合执法", "Q-zf"],
    ["城管", "Q-zf"],
    ["执法", "Q-zf"],
    ["综合执法中队", "Q-zf"],
    ["执法队", "Q-zf"],
    ["街道综合执法中队", "Q-zf"],
    ["市监", "Q-sj"],
    ["市场监管", "Q-sj"],
    ["市监所", "Q-sj"],
    ["派出所", "Q-pcs"],
    ["环卫所", "Q-hw"],
    ["环卫", "Q-hw"],
    ["街道办", "Q"],
    ["指挥室", "Q"],
    ["县西巷", "Q1"],
    ["县西巷居委会", "Q1"],
  ])("%s is the street's own", (said, code) => {
    expect(meant(said, "Q")).toBe(code);
  });

  it.each([
    ["住建", "ZJ"],
    ["环保", "HB"],
    ["生态环境", "HB"],
    ["公安", "GA"],
    ["公安局", "GA"],
    ["交警", "JJ"],
    ["交通", "JT"],
    ["消防", "XF"],
    ["消防大队", "XF"],
    ["应急", "YJ"],
    ["安监", "YJ"],
    ["人社", "RS"],
    ["人社局", "RS"],
    ["民政", "MZ"],
    ["卫健", "WJ"],
    ["水务", "SW"],
    ["水利局", "SW"],
    ["国土", "ZG"],
    ["大数据", "SJJ"],
  ])("%s is the district's, where the street has none", (said, code) => {
    expect(meant(said, "Q")).toBe(code);
  });

  it.each([
    ["综合执法局", "ZF"],
    ["区综合执法", "ZF"],
    ["历下区市监局", "SJ"],
    ["市监局", "SJ"],
    ["文东派出所", "W-pcs"],
    ["文东街道综合执法中队", "W-zf"],
    ["历下区文东街道执法中队", "W-zf"],
    ["司法所", "W-sf"],
  ])("%s names a level, a unit or another street", (said, code) => {
    expect(meant(said, "Q")).toBe(code);
  });

  it("asks where two of its own fit", () => {
    expect(meant("社区", "Q")).toBe("Q1 or Q2");
  });
});

describe("said in the district", () => {
  it.each([
    ["综合执法", "ZF"],
    ["市监", "SJ"],
    ["环卫所", "Q-hw"],
    ["派出所", "Q-pcs or W-pcs"],
    ["综合执法中队", "Q-zf or W-zf"],
    ["泉城路派出所", "Q-pcs"],
    ["街道", "Q or W"],
    ["文东", "W or W1"],
  ])("%s is looked for among departments first, then everywhere", (said, code) => {
    expect(meant(said, null)).toBe(code);
  });
});

it("takes a full name before everything else", () => {
  expect(meant("文东派出所", "Q")).toBe("W-pcs");
  expect(meant("历下区综合行政执法局", "Q")).toBe("ZF");
  expect(meant(" 历下区 市场监督管理局 ", "Q")).toBe("SJ");
});

it("looks only among the organisations it is given", () => {
  const departments = ORGS.filter((candidate) => candidate.type === "department");
  expect(meant("综合执法", "Q", departments)).toBe("ZF");
  expect(meant("历下区市监局", "Q", departments)).toBe("SJ");
});

it("does not take one unit for another, but offers it", () => {
  const resolution = resolveOrgName("环卫局", ORGS, "Q");
  expect(resolution).toMatchObject({ kind: "unknown" });
  expect(resolution.kind === "unknown" && resolution.suggestions[0]?.code).toBe("Q-hw");
});

it.each(["", " ", "火星", "区", "的", "消防通道", "老周"])("knows nobody called 「%s」", (said) => {
  expect(meant(said, "Q")).toBe("unknown");
});

it("answers a district without organisations", () => {
  expect(resolveOrgName("综合执法", [], null)).toEqual({ kind: "unknown", suggestions: [] });
});
