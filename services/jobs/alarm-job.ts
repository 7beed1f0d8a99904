import type { Database } from "../../db/client.ts";
import type { AttachmentStore } from "../attachment-store.ts";
import type { Office } from "../workflows/office.ts";
import { retireAlarms } from "../workflows/retire-alarms.ts";
import type { Job } from "./schedule.ts";

export const alarmEndJob = (database: Database, office: Office, store: AttachmentStore): Job => ({
  name: "alarms kept long enough",
  when: "13 3 * * *",
  run: () => retireAlarms(database, office, store),
});
