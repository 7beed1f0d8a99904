import cron from "node-cron";
import { loggableFault } from "../database-fault.ts";
import type { Log } from "../log.ts";
import { traced } from "../tracing.ts";

/** Something that is looked at regularly. What is due stands in the database; the clock only wakes. */
export interface Job {
  name: string;
  /** five fields, or six with seconds first; Asia/Shanghai */
  when: string;
  run(): Promise<unknown>;
}

/**
 * Runs the jobs once, for what fell due while nobody was there, and then at their times. Any number of
 * instances may: each job claims what it does, so a second instance does nothing twice.
 */
export function startJobs(jobs: readonly Job[], log: Log): { stop(): Promise<void> } {
  const run = async (job: Job): Promise<void> => {
    try {
      await traced(`job ${job.name}`, {}, async () => job.run());
    } catch (error) {
      log.error(
        { fault: loggableFault(error), job: job.name },
        "a job failed and runs again at its next time",
      );
    }
  };
  const catchingUp = runAll(jobs, run);
  const tasks = jobs.map((job) =>
    cron.schedule(job.when, () => run(job), {
      name: job.name,
      timezone: "Asia/Shanghai",
      noOverlap: true,
    }),
  );
  return {
    async stop() {
      for (const task of tasks) await task.destroy();
      await catchingUp;
    },
  };
}

async function runAll(jobs: readonly Job[], run: (job: Job) => Promise<void>): Promise<void> {
  for (const job of jobs) await run(job);
}
