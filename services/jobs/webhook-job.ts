import type { Database } from "../../db/client.ts";
import type { AddressGuard } from "../address-guard.ts";
import { realClock } from "../clock.ts";
import type { Log } from "../log.ts";
import { sendWebhooks } from "../workflows/send-webhooks.ts";
import { oneAfterAnother } from "./one-after-another.ts";
import type { Job } from "./schedule.ts";

/** Tells other systems what changed, soon after it did. */
export const webhookJob = (
  database: Database,
  publicUrl: string,
  guard: AddressGuard,
  log: Log,
): Job => ({
  name: "changes told to other systems",
  when: "*/2 * * * * *",
  run: oneAfterAnother(() =>
    sendWebhooks(database, realClock, publicUrl, guard, (url, problem, givenUp) => {
      if (givenUp) log.error({ url, problem }, "another system was not told of a change");
      else log.warn({ url, problem }, "another system did not take a change; it is tried again");
    }),
  ),
});
