import cron from "node-cron";
import type { Log } from "../log.ts";

/** Something that is looked at regularly. What is due stands in the database; the clock only wakes. */
export interface Job {
  name: string;
  /** five fields, or six with seconds first; Asia/Shanghai */
  when: string;
  run(): Promise<unknown>;
}

/**
 * Runs the jobs at their times. Any number of instances may: each job claims what it does, so a missed
 * minute needs no catching up and a second instance does nothing twice.
 */
export function startJobs(jobs: readonly Job[], log: Log): { stop(): Promise<void> } {
  const tasks = jobs.map((job) =>
    cron.schedule(
      job.when,
      async () => {
        try {
          await job.run();
        } catch (error) {
          log.error({ err: error, job: job.name }, "a job failed and runs again at its next time");
        }
      },
      { name: job.name, timezone: "Asia/Shanghai", noOverlap: true },
    ),
  );
  return {
    async stop() {
      for (const task of tasks) await task.destroy();
    },
  };
}
