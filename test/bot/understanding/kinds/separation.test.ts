import { describe, expect, it } from "vitest";
import { readSeparation } from "../../../../bot/understanding/kinds/separation.ts";

describe("a wrong join is undone by", () => {
  it.each([
    ["不是同一件", ""],
    ["不是一回事", ""],
    ["不是一回事!", ""],
    ["分开", ""],
    ["分开吧", ""],
    ["请单独登记", ""],
    ["不是同一个问题", ""],
    ["这不是一码事", ""],
    ["我说的跟他的不是一回事", ""],
    ["我家的和那件不是同一件事,是5幢的水管爆了", "是5幢的水管爆了"],
    ["不是一件事 我这边是电梯坏了", "我这边是电梯坏了"],
  ])("%s", (text, more) => {
    expect(readSeparation(text)).toEqual({ more });
  });

  it.each([
    "不是",
    "不是3幢,是4幢",
    "不是我家",
    "分开关都坏了",
    "垃圾没有分开放",
    "是不是一回事啊",
    "不是一个人在吵",
    "我家也没水",
  ])("not by %s", (text) => {
    expect(readSeparation(text)).toBeNull();
  });
});
