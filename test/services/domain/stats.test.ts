import { describe, expect, it } from "vitest";
import { rate } from "../../../services/domain/rates.ts";
import { MEASURES, rowsBehind } from "../../../services/domain/rows-behind.ts";
import {
  beginningOf,
  lastYear,
  nextBeginning,
  previousPeriod,
  trendUnit,
} from "../../../services/domain/stats-period.ts";
import { narrowTo, type StatsPlace, statsScopeOf } from "../../../services/domain/stats-scope.ts";
import { isoLocal } from "../../../services/domain/time.ts";
import { aPerson, theResident } from "../../support/events.ts";

const days = (from: string, to: string) => ({
  from: new Date(`${from}T00:00:00+08:00`),
  to: new Date(`${to}T00:00:00+08:00`),
});
const told = ({ from, to }: { from: Date; to: Date }) =>
  [from, to].map((at) => isoLocal(at).slice(0, 10));

describe("the period before", () => {
  it.each([
    ["a whole month", "2026-11-01", "2026-12-01", "2026-10-01", "2026-11-01"],
    ["a quarter", "2026-07-01", "2026-10-01", "2026-04-01", "2026-07-01"],
    ["the beginning of a month", "2026-11-01", "2026-11-26", "2026-10-01", "2026-10-26"],
    ["more days than the month before has", "2026-03-01", "2026-03-31", "2026-02-01", "2026-03-01"],
    ["a January", "2026-01-01", "2026-02-01", "2025-12-01", "2026-01-01"],
    ["seven days", "2026-11-19", "2026-11-26", "2026-11-12", "2026-11-19"],
  ])("of %s", (_what, from, to, before, until) => {
    expect(told(previousPeriod(days(from, to)))).toEqual([before, until]);
  });

  it("a year ago are the same days, and a leap day the next one", () => {
    expect(told(lastYear(days("2026-11-01", "2026-11-26")))).toEqual(["2025-11-01", "2025-11-26"]);
    expect(told(lastYear(days("2024-02-29", "2024-03-02")))).toEqual(["2023-03-01", "2023-03-02"]);
  });
});

describe("a trend", () => {
  it("goes by days, weeks from Monday, or months", () => {
    expect(trendUnit("2026-11-01", "2026-11-30")).toBe("day");
    expect(trendUnit("2026-01-01", "2026-11-30")).toBe("week");
    expect(trendUnit("2020-01-01", "2026-11-30")).toBe("month");
    expect(beginningOf("2026-11-29", "week")).toBe("2026-11-23");
    expect(nextBeginning("2026-12-01", "month")).toBe("2027-01-01");
  });
});

describe("whose figures somebody sees", () => {
  const seen = (...[roles, changes]: Parameters<typeof aPerson>) =>
    statsScopeOf(aPerson(roles, changes));
  const none = { street: null, grids: null, handler: null };
  it.each([
    ["districtDispatcher", { ...none, confidential: true }],
    ["supervisor", { ...none, confidential: true }],
    ["dispatcher", { ...none, street: "WC", confidential: true }],
    ["streetPrincipal", { ...none, street: "WC", confidential: false }],
    ["stationOfficer", { ...none, handler: "WC", confidential: false }],
    ["responder", { ...none, handler: "WC", confidential: false }],
    ["gridWorker", { ...none, grids: ["WC-1"], confidential: false }],
  ] as const)("of a %s", (role, expected) => {
    expect(seen([role], { gridCodes: ["WC-1"] })).toEqual(expected);
  });

  it("are nobody's for a resident, and for whoever belongs nowhere", () => {
    expect(statsScopeOf(theResident)).toBeNull();
    expect(seen(["gridWorker"])).toBeNull();
    expect(seen(["dispatcher"], { streetCode: null })).toBeNull();
  });

  it("are narrowed and never widened", () => {
    const places: StatsPlace[] = [
      { kind: "district" },
      { kind: "street", code: "WC" },
      { kind: "street", code: "LA" },
      { kind: "grids", codes: ["WC-1"], streetCode: "WC" },
      { kind: "grids", codes: ["WC-1", "WC-2"], streetCode: "WC" },
      { kind: "handler", code: "ZF" },
    ];
    const allowed = (...who: Parameters<typeof aPerson>) => {
      const own = seen(...who);
      return places.map((place) => own !== null && narrowTo(own, place) !== null);
    };
    expect(allowed(["admin"])).toEqual([true, true, true, true, true, true]);
    expect(allowed(["dispatcher"])).toEqual([false, true, false, true, true, true]);
    expect(allowed(["responder"], { orgCode: "ZF" })).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(allowed(["gridWorker"], { gridCodes: ["WC-1"] })).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
  });
});

describe("a number", () => {
  it("is rounded to four digits, half upwards", () => {
    expect(rate("", 175_090, 175_591, "").value).toBe(0.9971);
    expect(rate("", 1, 8000, "").value).toBe(0.0001);
    expect(rate("", 3, 80_000, "").value).toBe(0);
    expect(rate("", 1, 0, "").value).toBeNull();
  });

  it("has rows behind it, whichever it is", () => {
    for (const measure of MEASURES) {
      for (const part of ["numerator", "denominator"] as const)
        expect(rowsBehind(measure, part).of).toMatch(/^(event|rating|call|response)$/);
    }
  });
});
