import { describe, expect, it } from "vitest";
import { makeCalendar, readWrittenCalendar, writeCalendar } from "../../services/calendar.ts";
import type { DayKind } from "../../services/domain/calendar.ts";
import { addDays } from "../../services/domain/time.ts";

/** As the State Council announced them: days off from–to, and the days worked in their stead. */
const ANNOUNCED = {
  2025: {
    off: [
      ["01-01", "01-01"],
      ["01-28", "02-04"],
      ["04-04", "04-06"],
      ["05-01", "05-05"],
      ["05-31", "06-02"],
      ["10-01", "10-08"],
    ],
    worked: ["01-26", "02-08", "04-27", "09-28", "10-11"],
  },
  2026: {
    off: [
      ["01-01", "01-03"],
      ["02-15", "02-23"],
      ["04-04", "04-06"],
      ["05-01", "05-05"],
      ["06-19", "06-21"],
      ["09-25", "09-27"],
      ["10-01", "10-07"],
    ],
    worked: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
  },
} as const;

const daysOf = (year: number): string[] => {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) days.push(day);
  return days;
};
const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

describe("the statutory calendar", () => {
  it.each([2025, 2026] as const)("of %d is the one that was announced, day by day", (year) => {
    const { off, worked } = ANNOUNCED[year];
    const expected = (day: string): boolean => {
      const date = day.slice(5);
      if (worked.some((one) => one === date)) return true;
      if (off.some(([from, to]) => from <= date && date <= to)) return false;
      return !isWeekend(day);
    };
    const calendar = makeCalendar();
    const wrong = daysOf(year).filter((day) => calendar.isWorkday(day) !== expected(day));
    expect(wrong).toEqual([]);
  });
});

describe("a calendar that was written down", () => {
  it("says the same of every day it covers", () => {
    const own = new Map<string, DayKind>([
      ["2026-11-28", "workday"],
      ["2026-11-30", "holiday"],
      ["2026-12-31", "morning"],
    ]);
    const calendar = makeCalendar(own, { morning: [540, 720], afternoon: [810, 1050] });
    const again = readWrittenCalendar(writeCalendar(calendar, 2025, 2027));
    for (const day of [2025, 2026, 2027].flatMap(daysOf)) {
      expect([day, again.kindOf(day)]).toEqual([day, calendar.kindOf(day)]);
      expect(again.hoursOf(day)).toEqual(calendar.hoursOf(day));
    }
  });
});
