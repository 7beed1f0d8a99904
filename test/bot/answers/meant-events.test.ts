import { describe, expect, it } from "vitest";
import { meantEvents } from "../../../bot/answers/meant-events.ts";
import type { Turn } from "../../../bot/turn.ts";
import type { EventRecord } from "../../../db/queries/events.ts";

const names = new Map([
  ["facility.streetlight", { name: "路灯不亮" }],
  ["env.binOverflow", { name: "垃圾桶满溢" }],
]);
const event = (no: string, category: string, summary: string) =>
  ({ row: { no, category, summary } }) as EventRecord;
const events = [
  event("1", "facility.streetlight", "学院西路路灯不亮"),
  event("2", "env.binOverflow", "学院公寓3幢楼下垃圾桶满了"),
  event("3", "env.binOverflow", "滨河路垃圾桶没人倒"),
];
const meant = (text: string) =>
  meantEvents(
    { message: { text }, district: { categories: names } } as unknown as Turn,
    events,
  ).map(({ row }) => row.no);

describe("the events that words mean", () => {
  it.each([
    ["上礼拜报的路灯咋样了", ["1"]],
    ["垃圾桶那个催一下", ["2", "3"]],
    ["滨河路的垃圾桶怎么还没弄", ["3"]],
    ["根本没修", ["1", "2", "3"]],
    ["好了吗", ["1", "2", "3"]],
    ["", ["1", "2", "3"]],
  ])("%s", (text, nos) => {
    expect(meant(text)).toEqual(nos);
  });
});
