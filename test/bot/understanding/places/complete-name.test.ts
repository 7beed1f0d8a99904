import { describe, expect, it } from "vitest";
import type { KnownAddress } from "../../../../bot/understanding/directory.ts";
import { completeName } from "../../../../bot/understanding/places/complete-name.ts";

const entry = (name: string, ...aliases: string[]): KnownAddress => ({
  code: "A",
  name,
  aliases,
  kind: "poi",
  gridCode: "G",
  lng: null,
  lat: null,
});

describe("a shortened name", () => {
  it.each([
    ["翠湖", entry("翠湖新村", "翠湖新村小区", "翠湖"), "翠湖新村"],
    ["建行", entry("建设银行和平路支行", "和平路建设银行", "建设银行", "建行"), "建设银行"],
    ["和平路建行", entry("建设银行和平路支行", "和平路建设银行", "和平路建行"), "和平路建设银行"],
  ])("%s is written out", (said, known, full) => {
    expect(completeName(said, known)).toBe(full);
  });

  it.each([
    ["翠湖新村门口", entry("翠湖新村大门", "翠湖新村门口")],
    ["翠湖新村北门口", entry("翠湖新村北门", "翠湖新村北门口")],
    ["翠湖新村3号楼", entry("翠湖新村3幢", "翠湖新村3号楼")],
    ["翠湖新村", entry("翠湖新村", "翠湖新村小区")],
  ])("%s stays as it was said", (said, known) => {
    expect(completeName(said, known)).toBe(said);
  });
});
