import type { Database } from "../../db/client.ts";
import { realClock } from "../clock.ts";
import { loggableFault } from "../database-fault.ts";
import type { Log } from "../log.ts";
import type { UpwardGateway } from "../upward/gateway.ts";
import { sendUpward } from "../workflows/call-upward-send.ts";
import type { Office } from "../workflows/office.ts";
import { oneAfterAnother } from "./one-after-another.ts";
import type { Job } from "./schedule.ts";

/** Takes the calls up to the district's 12345 platform. */
export const upwardJob = (
  database: Database,
  office: Office,
  gateway: UpwardGateway,
  log: Log,
): Job => ({
  name: "calls to the district's platform",
  when: "*/10 * * * * *",
  run: oneAfterAnother(() =>
    sendUpward(database, office, gateway, realClock, (no, error, givenUp) => {
      const fault = loggableFault(error);
      if (givenUp) log.error({ fault, no }, "a call did not go up; send its form by hand");
      else log.warn({ fault, no }, "a call did not go up and is tried again");
    }),
  ),
});
