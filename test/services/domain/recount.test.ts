import { describe, expect, it } from "vitest";
import { makeCalendar } from "../../../services/calendar.ts";
import type { DayKind } from "../../../services/domain/calendar.ts";
import { deadline, type Limit } from "../../../services/domain/deadline.ts";
import { recounted } from "../../../services/domain/recount.ts";
import { isoLocal } from "../../../services/domain/time.ts";

const before = makeCalendar();
const withDay = (day: string, kind: DayKind) => makeCalendar(new Map([[day, kind]]));
const at = (spoken: string) => new Date(`${spoken}:00+08:00`);

describe("a deadline counted anew", () => {
  // 25 November 2026 is a Wednesday.
  it.each<[string, Limit, string, DayKind, string]>([
    ["a holiday in between", { workdays: 2 }, "2026-11-26", "holiday", "2026-11-30T17:30"],
    ["a Saturday made up", { workdays: 3 }, "2026-11-28", "workday", "2026-11-28T17:30"],
    ["a holiday on the last day", { workdays: 1 }, "2026-11-26", "holiday", "2026-11-27T17:30"],
    ["a half day at its end", { workdays: 1 }, "2026-11-26", "morning", "2026-11-26T12:00"],
    ["a half day in between", { workMinutes: 480 }, "2026-11-25", "morning", "2026-11-26T16:30"],
    ["natural time", { naturalMinutes: 1440 }, "2026-11-26", "holiday", "2026-11-26T10:00"],
    ["a holiday afterwards", { workdays: 1 }, "2026-11-30", "holiday", "2026-11-26T17:30"],
  ])("with %s", (_, limit, day, kind, due) => {
    const start = at("2026-11-25T10:00");
    const dueAt = deadline(start, limit, before);
    expect(isoLocal(recounted({ start, dueAt, limit }, before, withDay(day, kind)))).toBe(
      `${due}:00+08:00`,
    );
  });

  it("keeps a delay and the time of a consultation in it", () => {
    const start = at("2026-11-25T10:00");
    const delayed = deadline(deadline(start, { workdays: 2 }, before), { workdays: 3 }, before);
    const held = deadline(delayed, { workMinutes: 90 }, before);
    const holiday = withDay("2026-11-26", "holiday");
    const count = (dueAt: Date) =>
      isoLocal(recounted({ start, dueAt, limit: { workdays: 2 } }, before, holiday));
    expect(isoLocal(delayed)).toBe("2026-12-02T17:30:00+08:00");
    expect(count(delayed)).toBe("2026-12-03T17:30:00+08:00");
    expect(count(held)).toBe("2026-12-04T10:00:00+08:00");
  });

  it("comes back when the change is taken back", () => {
    const start = at("2026-11-25T10:00");
    const dueAt = deadline(start, { workdays: 5 }, before);
    const holiday = withDay("2026-11-30", "holiday");
    const limit = { workdays: 5 };
    const there = recounted({ start, dueAt, limit }, before, holiday);
    expect(recounted({ start, dueAt: there, limit }, holiday, before)).toEqual(dueAt);
  });
});
