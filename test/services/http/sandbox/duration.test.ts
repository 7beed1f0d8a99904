import { describe, expect, it } from "vitest";
import { readDuration } from "../../../../services/http/routes/sandbox/duration.ts";

describe("a duration for the clock", () => {
  it.each([
    ["PT2H", 2 * 3600],
    ["PT90M", 90 * 60],
    ["P1DT30M", 86_400 + 1800],
    ["P3D", 3 * 86_400],
    ["P2W", 14 * 86_400],
    ["P1DT2H3M4S", 86_400 + 7200 + 180 + 4],
    ["PT1.5H", 5400],
    ["PT0,5S", 0.5],
    ["PT0S", 0],
  ])("reads %s", (text, seconds) => {
    expect(readDuration(text)).toEqual({ ok: true, ms: seconds * 1000 });
  });

  it.each([
    "",
    "P",
    "PT",
    "2h",
    "PT2",
    "P2H",
    "PT1D",
    "P1DT",
    "pt2h",
    "PT1e3H",
    "PT..H",
    "P-1D",
    "PT2H ",
  ])("refuses %j with examples of what it reads", (text) => {
    expect(readDuration(text)).toMatchObject({
      ok: false,
      code: "invalid",
      detail: expect.stringContaining("PT2H、P1DT30M、P3D、P1W"),
    });
  });

  it.each(["P1M", "P1Y", "P1Y2M3D"])("says of %s that months have no fixed length", (text) => {
    expect(readDuration(text)).toMatchObject({
      code: "invalid",
      detail: expect.stringContaining("长短不一"),
    });
  });

  it("takes a minus sign for a way back", () => {
    expect(readDuration("-PT2H")).toMatchObject({ ok: false, code: "backward" });
  });
});
