import { describe, expect, it } from "vitest";
import { findDuplicate, type KnownTrouble } from "../../../services/domain/duplicate.ts";
import { NOWHERE } from "../../../services/domain/event.ts";

const trouble = (category: string, place: string | null, summary: string) => ({
  category,
  place: { ...NOWHERE, raw: place },
  summary,
});
const known = (
  category: string,
  place: string | null,
  summary: string,
  more: Partial<KnownTrouble> = {},
): KnownTrouble => ({
  ...trouble(category, place, summary),
  no: "SJ1",
  status: "pendingAccept",
  own: false,
  ...more,
});

const BIN = "env.binOverflow";
const NOISE = "env.noise";
const SUPPLY = "service.utility";

describe("a report beside an event that is there", () => {
  it.each([
    [
      "same words",
      BIN,
      "甲园3幢楼下",
      "甲园3幢楼下垃圾桶满了",
      BIN,
      "甲园3幢楼下",
      "甲园3幢楼下垃圾桶满了",
      "join",
    ],
    [
      "same in other words",
      BIN,
      "甲园3幢楼下",
      "甲园3幢楼下垃圾好几天没人清",
      BIN,
      "甲园3幢楼下",
      "甲园3幢楼下的垃圾桶满出来了",
      "join",
    ],
    [
      "less exact place, words agree",
      BIN,
      "甲园3幢",
      "甲园3幢垃圾桶满了",
      BIN,
      "甲园3幢楼下",
      "甲园3幢楼下垃圾桶满了",
      "join",
    ],
    [
      "another door",
      BIN,
      "甲园4幢楼下",
      "甲园4幢楼下垃圾桶满了",
      BIN,
      "甲园3幢楼下",
      "甲园3幢楼下垃圾桶满了",
      "none",
    ],
    [
      "another unit in the words",
      NOISE,
      "甲园3幢",
      "甲园3幢2单元装修电钻响",
      NOISE,
      "甲园3幢",
      "甲园3幢5单元装修电钻响",
      "possible",
    ],
    [
      "same place, another thing",
      NOISE,
      "甲园北门",
      "甲园北门广场舞音响开到半夜",
      NOISE,
      "甲园北门",
      "甲园北门装修电钻天没亮就响",
      "possible",
    ],
    ["water everywhere", SUPPLY, null, "我家也没水", SUPPLY, "甲园", "甲园停水了", "join"],
    ["power is not water", SUPPLY, null, "停电了", SUPPLY, "甲园", "甲园停水了", "possible"],
    [
      "doors do not part a power cut",
      SUPPLY,
      "12幢",
      "12幢也停电了",
      SUPPLY,
      "3幢",
      "3幢停电了",
      "join",
    ],
    [
      "read otherwise, nearly the same words",
      "env.exposedTrash",
      "甲园3幢楼下",
      "甲园3幢楼下垃圾桶满了没人倒",
      BIN,
      "甲园3幢楼下",
      "甲园3幢楼下垃圾桶满了没人倒",
      "join",
    ],
    [
      "read otherwise, like words",
      "env.exposedTrash",
      "甲园3幢楼下",
      "甲园3幢楼下垃圾堆了好几天没人清",
      BIN,
      "甲园3幢楼下",
      "甲园3幢楼下垃圾桶好几天没人清",
      "possible",
    ],
    [
      "read otherwise, other words",
      "street.parking",
      "甲园3幢楼下",
      "甲园3幢楼下汽车堵住通道",
      BIN,
      "甲园3幢楼下",
      "甲园3幢楼下垃圾桶满了",
      "none",
    ],
    ["no place named", BIN, null, "垃圾桶满了", BIN, null, "垃圾桶满了", "none"],
    [
      "two families",
      "dispute.family",
      "甲园3幢",
      "甲园3幢两口子吵架",
      "dispute.family",
      "甲园3幢",
      "甲园3幢两口子吵架",
      "none",
    ],
    [
      "two people in danger",
      "emergency.medical",
      "甲园3幢",
      "甲园3幢有人晕倒",
      "emergency.medical",
      "甲园3幢",
      "甲园3幢有人晕倒",
      "none",
    ],
    [
      "a danger takes in nothing else",
      "env.burning",
      "甲园3幢",
      "甲园3幢冒烟了",
      "emergency.fire",
      "甲园3幢",
      "甲园3幢冒烟了",
      "none",
    ],
  ] as const)("%s", (_name, category, place, said, otherCategory, otherPlace, told, outcome) => {
    const found = findDuplicate(trouble(category, place, said), [
      known(otherCategory, otherPlace, told),
    ]);
    expect(found).toEqual({
      join: outcome === "join" ? "SJ1" : null,
      possible: outcome === "possible" ? "SJ1" : null,
    });
  });

  it("is the speaker's own again, however private", () => {
    const mine = known("dispute.family", "甲园3幢", "甲园3幢两口子吵架", { own: true });
    expect(findDuplicate(mine, [mine]).join).toBe("SJ1");
  });

  it("is new where the event is dealt with", () => {
    const done = known(BIN, "甲园北门", "垃圾桶满了", { status: "completed" });
    expect(findDuplicate(done, [done])).toEqual({ join: null, possible: null });
  });
});
