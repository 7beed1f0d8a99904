import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeCalendar } from "../../../services/calendar.ts";
import { deadline, type Limit } from "../../../services/domain/deadline.ts";
import {
  dueReminder,
  nextReminder,
  type RemindedDuty,
  type Reminder,
  remindersOf,
} from "../../../services/domain/reminder.ts";
import { isEmergency, isQuiet } from "../../../services/domain/reminder-hours.ts";
import { isoLocal, localDay } from "../../../services/domain/time.ts";

const calendar = makeCalendar();

function aDuty(openedAt: string, limit: Limit, changes: Partial<RemindedDuty> = {}): RemindedDuty {
  const opened = new Date(openedAt);
  return {
    natural: "naturalMinutes" in limit,
    urgent: "naturalMinutes" in limit,
    openedAt: opened,
    dueAt: deadline(opened, limit, calendar),
    policy: { limit, ladder: "standard" },
    step: 0,
    ...changes,
  };
}

function firstOf(duty: RemindedDuty, count: number): Reminder[] {
  const found: Reminder[] = [];
  for (const reminder of remindersOf(duty, calendar)) {
    found.push(reminder);
    if (found.length === count) break;
  }
  return found;
}

const told = (duty: RemindedDuty, count: number): string[] =>
  firstOf(duty, count).map(
    ({ step, kind, at, audience }) =>
      `${step} ${kind} ${isoLocal(at).slice(5, 16)} ${audience.join("+")}`,
  );

const ALL = "owner+commandRoom+leader+supervisor";

describe("the ladder of reminders", () => {
  it("speaks of a limit of days at half time, a working day before, on the day, and then each working day", () => {
    expect(told(aDuty("2026-11-25T10:00:00+08:00", { workdays: 5 }), 8)).toEqual([
      "1 halfTime 11-30T09:15 owner",
      "2 yellowCard 12-01T17:30 owner",
      "3 due 12-02T09:00 owner",
      "4 redCard 12-03T09:00 owner+commandRoom",
      "5 overdue 12-04T09:00 owner+commandRoom+leader",
      `6 overdue 12-07T09:00 ${ALL}`,
      `7 overdue 12-08T09:00 ${ALL}`,
      `8 overdue 12-09T09:00 ${ALL}`,
    ]);
  });

  it("speaks of a limit of hours at three quarters and at the deadline", () => {
    expect(told(aDuty("2026-11-25T09:00:00+08:00", { workMinutes: 120 }), 4)).toEqual([
      "2 yellowCard 11-25T10:30 owner",
      "3 due 11-25T11:00 owner",
      "4 redCard 11-26T09:00 owner+commandRoom",
      "5 overdue 11-27T09:00 owner+commandRoom+leader",
    ]);
  });

  it("has no half time for exactly four working hours, and has one for more", () => {
    const kinds = (workMinutes: number) =>
      firstOf(aDuty("2026-11-25T08:30:00+08:00", { workMinutes }), 3).map(({ kind }) => kind);
    expect(kinds(240)).toEqual(["yellowCard", "due", "redCard"]);
    expect(kinds(241)).toEqual(["halfTime", "yellowCard", "due"]);
  });

  it("gives a limit of one day its yellow card on the day itself, after the notice of the morning", () => {
    expect(told(aDuty("2026-11-25T16:00:00+08:00", { workdays: 1 }), 3)).toEqual([
      "2 due 11-26T09:00 owner",
      "3 yellowCard 11-26T15:22 owner",
      "4 redCard 11-27T09:00 owner+commandRoom",
    ]);
  });

  it("counts across a holiday with its make-up days", () => {
    // 国庆 2026: rest from 1 to 7 October, work on Saturday the 10th.
    expect(told(aDuty("2026-09-29T10:00:00+08:00", { workdays: 2 }), 6)).toEqual([
      "1 halfTime 09-30T14:45 owner",
      "2 yellowCard 09-30T17:30 owner",
      "3 due 10-08T09:00 owner",
      "4 redCard 10-09T09:00 owner+commandRoom",
      "5 overdue 10-10T09:00 owner+commandRoom+leader",
      `6 overdue 10-12T09:00 ${ALL}`,
    ]);
  });

  it("does not let an emergency wait for the morning", () => {
    expect(told(aDuty("2026-11-28T23:00:00+08:00", { naturalMinutes: 30 }), 6)).toEqual([
      "2 yellowCard 11-28T23:22 owner",
      "3 due 11-28T23:30 owner+commandRoom",
      "4 redCard 11-29T00:00 owner+commandRoom+leader",
      "5 overdue 11-29T09:00 owner+commandRoom+leader",
      "6 overdue 11-30T09:00 owner+commandRoom+leader",
      `7 overdue 12-01T09:00 ${ALL}`,
    ]);
  });

  it("says what a planned call owes on a day off by day, never at night", () => {
    const arrival = aDuty(
      "2026-11-27T15:00:00+08:00",
      { naturalMinutes: 0 },
      { urgent: false, dueAt: new Date("2026-11-28T23:40:00+08:00") },
    );
    expect(told(arrival, 4)).toEqual([
      "1 halfTime 11-28T07:20 owner",
      "2 yellowCard 11-28T15:30 owner",
      "3 due 11-29T07:00 owner",
      "4 redCard 11-29T09:00 owner+commandRoom",
    ]);
  });

  it("begins with the red card where the duty was opened after its deadline", () => {
    const reopened = aDuty(
      "2026-12-10T10:00:00+08:00",
      { workdays: 5 },
      { dueAt: new Date("2026-12-02T17:30:00+08:00") },
    );
    expect(told(reopened, 2)).toEqual([
      "4 redCard 12-11T09:00 owner+commandRoom",
      "5 overdue 12-14T09:00 owner+commandRoom+leader",
    ]);
  });

  it("says only the strongest of what was missed, and then goes on", () => {
    const duty = aDuty("2026-11-25T10:00:00+08:00", { workdays: 5 });
    const late = new Date("2026-12-05T12:00:00+08:00");
    expect(dueReminder(duty, late, calendar)).toMatchObject({ step: 5, kind: "overdue" });
    const said = { ...duty, step: 5 };
    expect(dueReminder(said, late, calendar)).toBeNull();
    expect(isoLocal(nextReminder(said, late, calendar).at)).toBe("2026-12-07T09:00:00+08:00");
  });

  it("refuses a ladder it does not know, with what to do", () => {
    const duty = aDuty("2026-11-25T10:00:00+08:00", { workdays: 5 });
    const strange = { ...duty, policy: { ...duty.policy, ladder: "gentle" as never } };
    expect(() => nextReminder(strange, duty.openedAt, calendar)).toThrow(/"gentle".*update/);
  });
});

const momentIn2026 = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 10, 1) })
  .map((ms) => new Date(ms));
const limit = fc.oneof(
  fc.integer({ min: 1, max: 3000 }).map((workMinutes): Limit => ({ workMinutes })),
  fc.integer({ min: 1, max: 15 }).map((workdays): Limit => ({ workdays })),
  fc.integer({ min: 1, max: 6000 }).map((naturalMinutes): Limit => ({ naturalMinutes })),
);
const anyDuty = fc
  .record({ openedAt: momentIn2026, limit, urgent: fc.boolean(), moved: fc.option(momentIn2026) })
  .map(({ openedAt, limit, urgent, moved }) => ({
    ...aDuty(openedAt.toISOString(), limit),
    urgent,
    ...(moved === null ? {} : { dueAt: moved }),
  }));

describe("any duty", () => {
  const check = (holds: (duty: RemindedDuty, reminders: Reminder[]) => void) =>
    fc.assert(
      fc.property(anyDuty, (duty) => holds(duty, firstOf(duty, 12))),
      { numRuns: 400 },
    );

  it("is not spoken of in quiet hours, unless it is an emergency", () =>
    check((duty, reminders) => {
      if (isEmergency(duty)) return;
      for (const { at } of reminders) expect(isQuiet(at), isoLocal(at)).toBe(false);
    }));

  it("is not spoken of on a day off, unless it runs in natural time", () =>
    check((duty, reminders) => {
      if (duty.natural) return;
      for (const { at } of reminders) expect(calendar.isWorkday(localDay(at))).toBe(true);
    }));

  it("is spoken of in order of time, each step once, and never before it was opened", () =>
    check((duty, reminders) => {
      for (const [index, reminder] of reminders.entries()) {
        const before = reminders[index - 1];
        expect(reminder.at.getTime()).toBeGreaterThanOrEqual(duty.openedAt.getTime());
        if (before === undefined) continue;
        expect(reminder.step).toBeGreaterThan(before.step);
        expect(reminder.at.getTime()).toBeGreaterThanOrEqual(before.at.getTime());
      }
    }));

  it("gets one word each day that counts once its red card was shown", () =>
    check((duty, reminders) => {
      const days = reminders
        .filter(({ kind }) => kind === "overdue")
        .map(({ at, overdueDays }) => ({ day: localDay(at), overdueDays }));
      for (const [index, { day, overdueDays }] of days.entries()) {
        const before = days[index - 1];
        if (before === undefined) continue;
        expect(overdueDays).toBe(before.overdueDays + 1);
        const between = daysBetween(before.day, day).filter(
          (skipped) => duty.natural || calendar.isWorkday(skipped),
        );
        expect(between).toEqual([]);
      }
    }));

  it("shows no red card before the deadline, and reaches more people the longer it is overdue", () =>
    check((duty, reminders) => {
      let heard = 0;
      for (const { kind, at, audience } of reminders) {
        expect(audience.length).toBeGreaterThanOrEqual(heard);
        heard = audience.length;
        if (kind === "redCard") expect(at.getTime()).toBeGreaterThan(duty.dueAt.getTime());
      }
    }));

  it("always has a next reminder, swept at whatever moments, and says no step twice", () =>
    fc.assert(
      fc.property(
        anyDuty,
        fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 30 }),
        (duty, waits) => {
          let now = duty.openedAt;
          let step = 0;
          for (const minutes of waits) {
            now = new Date(now.getTime() + minutes * 60_000);
            const due = dueReminder({ ...duty, step }, now, calendar);
            if (due !== null) {
              expect(due.step).toBeGreaterThan(step);
              step = due.step;
            }
            expect(nextReminder({ ...duty, step }, now, calendar).at > now).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    ));
});

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let ms = Date.parse(from) + 86_400_000; ms < Date.parse(to); ms += 86_400_000) {
    days.push(new Date(ms).toISOString().slice(0, 10));
  }
  return days;
}
