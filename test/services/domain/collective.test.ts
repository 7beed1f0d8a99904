import { describe, expect, it } from "vitest";
import { type Complaint, findCollective } from "../../../services/domain/collective.ts";
import { NOWHERE } from "../../../services/domain/event.ts";
import { namedSources, sameName } from "../../../services/domain/named-source.ts";

const LIMITS = { days: 7, reporters: 5, groups: 3 };
let count = 0;

/** A complaint about noise in grid G1; `by` lists its reporters. */
function complaint(summary: string, more: Partial<Complaint> & { by?: string[] } = {}): Complaint {
  const no = `SJ-${String(++count).padStart(4, "0")}`;
  const { by = [`resident-${count}`], ...changes } = more;
  const at = new Date(Date.UTC(2026, 10, 25, 1, count));
  return {
    no,
    status: "pendingAccept",
    kind: "report",
    category: "env.noise",
    confidential: false,
    place: { ...NOWHERE, gridCode: "G1" },
    streetCode: "S1",
    summary,
    words: summary,
    people: null,
    createdAt: at,
    reporters: by.map((person) => ({ person, group: null, at })),
    ...changes,
  };
}
const inGrid = (gridCode: string, raw: string | null = null) => ({
  place: { ...NOWHERE, gridCode, raw },
});
const found = (complaints: Complaint[]) => {
  const fresh = complaints.at(-1);
  if (fresh === undefined) throw new Error("no complaint");
  return findCollective(fresh, complaints, LIMITS);
};

describe("a collective complaint", () => {
  it("is one event that five people joined, and not four", () => {
    const by = ["a", "b", "c", "d"];
    expect(found([complaint("楼下太吵", { by })])).toBeNull();
    expect(found([complaint("楼下太吵", { by: [...by, "e"] })])).toMatchObject({ reporters: 5 });
  });

  it("is one named source in three grids, however its name is led up to", () => {
    const complaints = [
      complaint("金鼎酒店半夜放音响", { ...inGrid("G1"), people: 12 }),
      complaint("隔壁的金鼎酒店油烟大", {
        ...inGrid("G2"),
        category: "env.fume",
        streetCode: "S2",
      }),
      complaint("昨晚金鼎酒店又吵,几十户睡不着", { ...inGrid("G3"), people: 30 }),
    ];
    expect(found(complaints)).toMatchObject({
      source: "金鼎酒店",
      reporters: 3,
      people: 30,
      nos: complaints.map(({ no }) => no),
      streetCodes: ["S1", "S2"],
    });
  });

  it("is one estate named from five doors", () => {
    const doors = ["1幢", "2幢", "3幢楼下", "5幢", "6幢"];
    const complaints = doors.map((door) =>
      complaint("工地半夜施工吵", inGrid("G1", `甲园${door}`)),
    );
    expect(found(complaints)).toMatchObject({ place: "甲园", reporters: 5, source: null });
  });

  it("counts a person once, however often they complain", () => {
    const same = { by: ["a"], ...inGrid("G1", "甲园") };
    expect(found(Array.from({ length: 6 }, () => complaint("工地吵", same)))).toBeNull();
  });

  it.each([
    ["three sites of no name", ["建筑工地吵", "建筑工地吵", "建筑工地吵"]],
    ["three hotels", ["金鼎酒店吵", "云来酒店吵", "百合酒店吵"]],
    ["three lamps", ["太吵了", "太吵了", "太吵了"]],
  ])("is not %s in three grids", (_name, texts) => {
    expect(found(texts.map((text, at) => complaint(text, inGrid(`G${at}`))))).toBeNull();
  });

  it.each([
    ["confidential", { confidential: true }],
    ["withdrawn", { status: "withdrawn" }],
    ["an emergency", { kind: "emergency" }],
    ["a family's own", { category: "dispute.family" }],
    ["a wish", { kind: "wishPublish" }],
  ] as const)("is not what is %s", (_name, more) => {
    const texts = ["G1", "G2", "G3"].map((grid) =>
      complaint("金鼎酒店吵", { ...inGrid(grid), ...more }),
    );
    expect(found(texts)).toBeNull();
    const [plain, ...hidden] = [complaint("金鼎酒店吵", inGrid("G9")), ...texts];
    expect(plain && findCollective(plain, hidden, LIMITS)).toBeNull();
  });
});

describe("the name of a source", () => {
  it.each([
    ["举报金鼎酒店排油烟", "金鼎酒店半夜吵", true],
    ["城东三期建筑工地扬尘", "城东三期工地半夜打桩", true],
    ["楼下酒店吵", "对面酒店吵", false],
    ["自来水公司不来修", "自来水公司态度差", false],
    ["金鼎酒店", "金鼎超市", false],
  ])("%s / %s: %s", (one, other, same) => {
    const [a, b] = [namedSources(one), namedSources(other)];
    expect(a.some((name) => b.some((n) => sameName(name, n)))).toBe(same);
  });
});
