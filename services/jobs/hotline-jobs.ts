import type { Database } from "../../db/client.ts";
import { deleteOldNonces } from "../../db/queries/hotline-calls.ts";
import { realClock } from "../clock.ts";
import { loggableFault } from "../database-fault.ts";
import { HOTLINE_LINES, HOTLINE_NAMES } from "../domain/hotline/line.ts";
import { DAY_MS } from "../domain/time.ts";
import { openAnswerGateway } from "../hotline/answer-gateway.ts";
import { openMailbox } from "../hotline/mailbox.ts";
import type { HotlinesConfig } from "../hotline-config.ts";
import type { Log } from "../log.ts";
import { readMailbox } from "../workflows/hotline/read-mailbox.ts";
import { sendHotlineAnswers } from "../workflows/hotline/send-answers.ts";
import type { Office } from "../workflows/office.ts";
import { oneAfterAnother } from "./one-after-another.ts";
import type { Job } from "./schedule.ts";

/** What is to be done regularly for the hotlines' orders, by the roads that are set up. */
export function hotlineJobs(
  database: Database,
  office: Office,
  hotlines: HotlinesConfig,
  log: Log,
): Job[] {
  const jobs: Job[] = [];
  for (const line of HOTLINE_LINES) {
    const { inbox } = hotlines[line];
    if (inbox !== null)
      jobs.push({
        name: `orders of ${HOTLINE_NAMES[line]} by mail`,
        when: "*/30 * * * * *",
        run: oneAfterAnother(() =>
          readMailbox(database, office, line, inbox.senders, () => openMailbox(inbox.imapUrl)),
        ),
      });
    const gateway = openAnswerGateway(hotlines[line], realClock);
    if (gateway !== null)
      jobs.push({
        name: `answers to ${HOTLINE_NAMES[line]}`,
        when: "*/5 * * * * *",
        run: oneAfterAnother(() =>
          sendHotlineAnswers(database, office, line, gateway, realClock, (no, error, givenUp) => {
            const fault = loggableFault(error);
            if (givenUp) log.error({ fault, no }, "a hotline was not told of an order");
            else log.warn({ fault, no }, "a hotline did not take an answer; it is tried again");
          }),
        ),
      });
  }
  jobs.push({
    name: "signed calls whose time is over",
    when: "13 * * * *",
    run: () => deleteOldNonces(database, new Date(realClock.now().getTime() - DAY_MS)),
  });
  return jobs;
}
