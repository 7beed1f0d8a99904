import type { Database } from "../../db/client.ts";
import type { AttachmentStore } from "../attachment-store.ts";
import type { Office } from "../workflows/office.ts";
import { retireErased } from "../workflows/retire-erased.ts";
import { oneAfterAnother } from "./one-after-another.ts";
import type { Job } from "./schedule.ts";

/** Often: whoever asked to be deleted waits for nothing but the end of the work. */
export const erasedJob = (database: Database, office: Office, store: AttachmentStore): Job => ({
  name: "reports of erased people",
  when: "*/10 * * * *",
  run: oneAfterAnother(() => retireErased(database, office, store)),
});
