import { describe, expect, it } from "vitest";
import { oneAfterAnother } from "../../../services/jobs/one-after-another.ts";
import { startJobs } from "../../../services/jobs/schedule.ts";
import { silentLog } from "../../../services/log.ts";

const NEVER = "0 0 29 2 *";

describe("the timetable", () => {
  it("catches up at the start, one job after another, and outlives one that fails", async () => {
    const ran: string[] = [];
    const job = (name: string, run = async () => {}) => ({
      name,
      when: NEVER,
      run: async () => {
        ran.push(name);
        await run();
      },
    });
    const failing = job("first", async () => {
      throw new Error("the database is away");
    });
    await startJobs([failing, job("second")], silentLog).stop();
    expect(ran).toEqual(["first", "second"]);
  });
});

describe("work that must not run twice at a time", () => {
  it("gives whoever asks meanwhile a run of their own, after the present one", async () => {
    const told: string[] = [];
    let runs = 0;
    const run = oneAfterAnother(async () => {
      const own = ++runs;
      told.push(`begin ${own}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      told.push(`end ${own}`);
      return own;
    });
    expect(await Promise.all([run(), run()])).toEqual([1, 2]);
    expect(told).toEqual(["begin 1", "end 1", "begin 2", "end 2"]);
  });

  it("goes on after a run that failed", async () => {
    let fails = true;
    const run = oneAfterAnother(async () => {
      if (fails) throw new Error("no");
      return "done";
    });
    await expect(run()).rejects.toThrow("no");
    fails = false;
    expect(await run()).toBe("done");
  });
});
