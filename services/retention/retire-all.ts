import type { Database } from "../../db/client.ts";
import type { AttachmentStore } from "../attachment-store.ts";
import type { ReportStore } from "../reports/report-store.ts";
import type { Office } from "../workflows/office.ts";
import { retireReports } from "../workflows/render-reports.ts";
import { retireAlarms } from "../workflows/retire-alarms.ts";
import { retireErased } from "../workflows/retire-erased.ts";
import { retireMessages } from "../workflows/retire-messages.ts";
import { retireDeliveries, retirePresses, retireSignIns } from "../workflows/retire-traces.ts";

/** Every rule once. @returns how many rows were deleted or emptied */
export async function retireAll(
  database: Database,
  office: Office,
  { attachments, reports }: { attachments: AttachmentStore; reports: ReportStore },
): Promise<number> {
  const counts = [
    await retireMessages(database, office),
    await retireSignIns(database, office),
    await retireReports(database, office, reports),
    await retireAlarms(database, office, attachments),
    await retirePresses(database, office),
    await retireDeliveries(database, office),
    await retireErased(database, office, attachments),
  ];
  return counts.reduce((sum, count) => sum + count, 0);
}
