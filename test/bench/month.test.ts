import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulateMonth } from "../../bench/month/simulate.ts";
import type { Database } from "../../db/client.ts";
import { testDatabase } from "../support/database.ts";

let database: Database;
beforeAll(async () => {
  ({ database } = await testDatabase());
});
afterAll(() => database.close());

describe("a simulated month of a district", () => {
  it("keeps every promise of the clock", async () => {
    const report = await simulateMonth(database, {
      events: 100,
      calls: 10,
      seed: 7,
      sweepMinutes: 60,
      days: 14,
    });
    expect(report.violations).toEqual({
      openWithoutNextReminder: 0,
      leftBehindBySweep: 0,
      afterTheDutyEnded: 0,
      saidTwice: 0,
      inQuietHours: 0,
      onDaysOff: 0,
      inResidentGroups: 0,
      overdueAndNeverRedCarded: 0,
      twoDigestsAtOnce: 0,
      faultsUnlikeTheirEvidence: 0,
    });
    expect(report).toMatchObject({ failures: 0, gaps: [] });
    expect(report.evidence).toBeGreaterThan(0);
    expect(report.refused).toBeLessThan(report.actions / 20);
    expect(Object.keys(report.reminders.byKind).sort()).toEqual([
      "due",
      "halfTime",
      "overdue",
      "redCard",
      "yellowCard",
    ]);
  }, 300_000);
});
