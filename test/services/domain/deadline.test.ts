import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeCalendar } from "../../../services/calendar.ts";
import { DAY_KINDS, type DayKind, type WorkCalendar } from "../../../services/domain/calendar.ts";
import { deadline, type Limit, workMinutesBetween } from "../../../services/domain/deadline.ts";
import { addDays, isoLocal, localDay, localMinutes } from "../../../services/domain/time.ts";

const calendar = makeCalendar();
const at = (local: string) => new Date(`${local}:00+08:00`);

describe("deadlines", () => {
  it.each([
    // start, limit, due, what it means
    ["2026-11-25T09:00", { workMinutes: 120 }, "2026-11-25T11:00", "within the morning"],
    ["2026-11-25T11:00", { workMinutes: 120 }, "2026-11-25T15:00", "over the midday break"],
    ["2026-11-25T17:00", { workMinutes: 120 }, "2026-11-26T10:00", "over night"],
    ["2026-11-27T17:00", { workMinutes: 120 }, "2026-11-30T10:00", "Friday → Monday"],
    ["2026-11-28T10:00", { workMinutes: 30 }, "2026-11-30T09:00", "begun on a Saturday"],
    ["2026-11-25T07:00", { workMinutes: 30 }, "2026-11-25T09:00", "begun before work"],
    ["2026-11-25T12:30", { workMinutes: 30 }, "2026-11-25T14:30", "begun at midday"],
    [
      "2026-11-25T09:00",
      { workMinutes: 180 },
      "2026-11-25T12:00",
      "ends with the morning, not with the afternoon's begin",
    ],
    ["2026-09-30T17:00", { workMinutes: 60 }, "2026-10-08T09:00", "over the National Day holiday"],
    [
      "2026-11-25T10:00",
      { workdays: 5 },
      "2026-12-02T17:30",
      "five working days, to the end of the last",
    ],
    // 2025, by the State Council's notice of November 2024
    ["2025-01-24T17:00", { workMinutes: 60 }, "2025-01-26T09:00", "a make-up Sunday counts"],
    ["2025-01-27T10:00", { workdays: 1 }, "2025-02-05T17:30", "over the Spring Festival of 2025"],
    ["2025-04-25T10:00", { workdays: 2 }, "2025-04-28T17:30", "a make-up Sunday before May Day"],
    [
      "2025-04-30T17:30",
      { workMinutes: 30 },
      "2025-05-06T09:00",
      "begun as work ends, over May Day",
    ],
    ["2025-09-28T16:00", { workdays: 3 }, "2025-10-09T17:30", "National Day and Mid-Autumn in one"],
    // over year ends
    [
      "2025-12-31T17:00",
      { workMinutes: 60 },
      "2026-01-04T09:00",
      "New Year; Sunday the 4th is made up",
    ],
    ["2025-12-31T10:00", { workdays: 1 }, "2026-01-04T17:30", "one working day over New Year"],
    ["2024-12-31T17:00", { workMinutes: 60 }, "2025-01-02T09:00", "2024 into 2025"],
    ["2025-12-31T23:45", { naturalMinutes: 30 }, "2026-01-01T00:15", "an emergency at midnight"],
    // to the minute
    [
      "2026-11-25T11:59",
      { workMinutes: 2 },
      "2026-11-25T14:01",
      "a minute before noon and one after",
    ],
    ["2026-11-25T17:29", { workMinutes: 1 }, "2026-11-25T17:30", "the last minute of a day"],
    ["2026-11-25T17:30", { workMinutes: 1 }, "2026-11-26T08:31", "the first minute of the next"],
    ["2026-11-25T23:59", { workdays: 1 }, "2026-11-26T17:30", "begun in the last minute of a day"],
    ["2026-11-26T00:00", { workdays: 1 }, "2026-11-27T17:30", "begun in the first minute of a day"],
    ["2026-09-24T10:00", { workdays: 1 }, "2026-09-28T17:30", "over the Mid-Autumn holiday"],
    [
      "2026-02-13T10:00",
      { workdays: 2 },
      "2026-02-24T17:30",
      "a make-up Saturday counts, the Spring Festival does not",
    ],
    ["2026-11-28T10:00", { workdays: 1 }, "2026-11-30T17:30", "begun on a Saturday"],
    [
      "2026-11-28T23:50",
      { naturalMinutes: 30 },
      "2026-11-29T00:20",
      "an emergency does not wait for Monday",
    ],
  ] as [string, Limit, string, string][])("%s + %o = %s (%s)", (start, limit, due) => {
    expect(isoLocal(deadline(at(start), limit, calendar))).toBe(`${due}:00+08:00`);
  });

  /** The district works on the mornings of 16 and 30 December, in the afternoon of the 31st, from nine to five. */
  const halfDays = makeCalendar(
    new Map<string, DayKind>([
      ["2026-12-16", "morning"],
      ["2026-12-30", "morning"],
      ["2026-12-31", "afternoon"],
    ]),
    { morning: [540, 720], afternoon: [810, 1020] },
  );
  it.each([
    ["2026-12-16T10:00", { workMinutes: 150 }, "2026-12-17T09:30", "the afternoon is free"],
    ["2026-12-15T10:00", { workdays: 1 }, "2026-12-16T12:00", "ends at noon of a half day"],
    ["2026-12-30T11:00", { workMinutes: 90 }, "2026-12-31T14:00", "a morning, then an afternoon"],
    [
      "2026-12-31T09:00",
      { workMinutes: 1 },
      "2026-12-31T13:31",
      "begun before an afternoon's work",
    ],
    ["2026-12-25T10:00", { workdays: 4 }, "2026-12-31T17:00", "half days count as days"],
  ] as [string, Limit, string, string][])("%s + %o = %s (%s)", (start, limit, due) => {
    expect(isoLocal(deadline(at(start), limit, halfDays))).toBe(`${due}:00+08:00`);
  });

  it.each([
    // due, what is added, due then
    ["2026-12-02T17:30", { workdays: 5 }, "2026-12-09T17:30", "an approved delay of five days"],
    ["2026-09-29T17:30", { workdays: 2 }, "2026-10-08T17:30", "one over the National Day holiday"],
    ["2025-12-30T17:30", { workdays: 2 }, "2026-01-04T17:30", "one over the year's end"],
    ["2026-12-02T11:00", { workMinutes: 95 }, "2026-12-02T14:35", "a consultation of 95 minutes"],
    ["2026-12-02T17:30", { workMinutes: 420 }, "2026-12-03T17:30", "one of a whole working day"],
  ] as [string, Limit, string, string][])("due %s, then %o more: %s (%s)", (due, more, then) => {
    expect(isoLocal(deadline(at(due), more, calendar))).toBe(`${then}:00+08:00`);
  });
});

const moment = fc
  .date({ min: at("2025-01-01T00:00"), max: at("2026-11-30T00:00"), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 60_000) * 60_000));
const minutes = fc.integer({ min: 1, max: 3000 });

/** Half days, own hours and days off at random, against the usual. */
const unusual = fc
  .record({
    days: fc.dictionary(
      fc.integer({ min: 0, max: 700 }).map((days) => addDays("2025-01-01", days)),
      fc.constantFrom(...DAY_KINDS),
      { minKeys: 20, maxKeys: 60 },
    ),
    opens: fc.integer({ min: 420, max: 600 }),
    noon: fc.integer({ min: 660, max: 780 }),
  })
  .map(({ days, opens, noon }) =>
    makeCalendar(new Map(Object.entries(days)), {
      morning: [opens, noon],
      afternoon: [noon + 30, 1080],
    }),
  );

describe.each([
  ["the statutory calendar", fc.constant<WorkCalendar>(calendar)],
  ["a district's own days and hours", unusual],
])("deadlines by %s", (_, calendars) => {
  it("never end on a day off or outside working hours", () => {
    fc.assert(
      fc.property(calendars, moment, minutes, (calendar, start, workMinutes) => {
        const due = deadline(start, { workMinutes }, calendar);
        const minute = localMinutes(due);
        expect(calendar.isWorkday(localDay(due))).toBe(true);
        expect(
          calendar
            .hoursOf(localDay(due))
            .some(([opens, closes]) => minute > opens && minute <= closes),
        ).toBe(true);
      }),
    );
  });

  it("add up, grow, and agree with a count minute by minute", () => {
    fc.assert(
      fc.property(calendars, moment, minutes, minutes, (calendar, start, first, second) => {
        const middle = deadline(start, { workMinutes: first }, calendar);
        const both = deadline(start, { workMinutes: first + second }, calendar);
        expect(deadline(middle, { workMinutes: second }, calendar)).toEqual(both);
        expect(both.getTime()).toBeGreaterThan(middle.getTime());
        expect(workMinutesBetween(start, both, calendar)).toBe(first + second);
      }),
    );
  });

  it("equal a slow count of every minute", () => {
    fc.assert(
      fc.property(
        calendars,
        moment,
        fc.integer({ min: 1, max: 900 }),
        (calendar, start, workMinutes) => {
          expect(deadline(start, { workMinutes }, calendar)).toEqual(
            countedSlowly(start, workMinutes, calendar),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});

function countedSlowly(start: Date, minutes: number, calendar: WorkCalendar): Date {
  let left = minutes;
  for (let moment = start.getTime(); ; moment += 60_000) {
    const minute = localMinutes(new Date(moment));
    const worked = calendar
      .hoursOf(localDay(new Date(moment)))
      .some(([opens, closes]) => minute >= opens && minute < closes);
    if (worked && --left === 0) return new Date(moment + 60_000);
  }
}
