import { describe, expect, it } from "vitest";
import { findNumbers } from "../../../../bot/understanding/commands/numbers.ts";

const found = (text: string) => findNumbers(text).map(({ no }) => no);

describe("numbers of events, calls and alarms", () => {
  it.each([
    "WZ-2026-11-26-0005",
    "WZ2026-11-26-0005",
    "XSJ20261126-0005",
    "12345-2026-11-26-0005",
    "wz_20261126-0005",
  ])("are no tail of %s", (text) => {
    expect(found(`受理 ${text}`)).toEqual([]);
  });

  it.each([
    "受理SJ20261126-0005",
    "受理 2026-11-26-0005",
    "受理 SJ-20261126-0005",
    "受理:sj 20261126 0005",
  ])("are found in %s", (text) => {
    expect(found(text)).toEqual(["SJ20261126-0005"]);
  });

  it("may follow each other without a blank", () => {
    expect(found("SJ20261126-0005SJ20261126-0006")).toEqual(["SJ20261126-0005", "SJ20261126-0006"]);
  });
});
