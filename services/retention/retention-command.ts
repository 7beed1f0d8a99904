import type { Database } from "../../db/client.ts";
import { retentionAhead } from "../../db/queries/retention.ts";
import { readDryRun, runCommand } from "../../db/registry/command.ts";
import { attachmentStore } from "../attachment-store.ts";
import type { Config } from "../config.ts";
import { RETENTION_CLASSES, RETENTION_RULES, type RetentionRule } from "../domain/retention.ts";
import { withOffice } from "../hotline/command-office.ts";
import { reportStore } from "../reports/report-store.ts";
import type { Office } from "../workflows/office.ts";
import { retireAll } from "./retire-all.ts";

const USAGE = `Usage: npm run retention [-- --dry-run]
  Deletes what has been kept long enough, as the product does each night, and notes it in the ledger
  (/api/retention/runs).
  --dry-run  count per class what is due now; delete nothing
`;

process.exitCode = await runCommand(() => {
  const dryRun = readDryRun(process.argv.slice(2));
  if (dryRun === null) {
    process.stderr.write(USAGE);
    return Promise.resolve(2 as const);
  }
  return withOffice(async (database, office, config) => {
    const due = await dueNow(database, office);
    tell(due);
    if (dryRun) process.stdout.write("Nothing was deleted.\n");
    else await retire(database, office, config);
    return 0 as const;
  });
});

async function dueNow(database: Database, office: Office): Promise<Map<RetentionRule, number>> {
  const counts = new Map<RetentionRule, number>();
  for (const { rule, count } of await retentionAhead(database, office.clock.now(), 0))
    counts.set(rule, (counts.get(rule) ?? 0) + count);
  return counts;
}

function tell(due: ReadonlyMap<RetentionRule, number>): void {
  for (const rule of RETENTION_RULES) {
    const { days, what } = RETENTION_CLASSES[rule];
    process.stdout.write(
      `${rule.padEnd(15)} ${String(days).padStart(3)} days ${String(due.get(rule) ?? 0).padStart(8)} due  ${what}\n`,
    );
  }
}

async function retire(database: Database, office: Office, config: Config): Promise<void> {
  const stores = {
    attachments: attachmentStore(config.dataDir),
    reports: reportStore(config.dataDir),
  };
  const total = await retireAll(database, office, stores);
  process.stdout.write(`${total} rows were deleted or emptied; the ledger says which.\n`);
}
