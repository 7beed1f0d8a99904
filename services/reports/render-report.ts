import type { Db } from "../../db/client.ts";
import type { ReportFileRow } from "../../db/queries/report-files.ts";
import { callLedger } from "./call-ledger.ts";
import { eventLedger } from "./event-ledger.ts";
import type { Ledger } from "./ledger.ts";
import { monthlyCircular } from "./monthly-circular.ts";
import { readCircular, readWeekly } from "./read-figures.ts";
import type { ReportDocument } from "./report-document.ts";
import type { ReportScope } from "./report-scope.ts";
import { weeklyBrief } from "./weekly-brief.ts";
import { type ThreadWriter, writeInThread } from "./write-in-thread.ts";

/** Reading is most of the work; writing and putting away is the rest. */
const READ_PART = 85;

/**
 * Writes a report to a file.
 *
 * @param told - hears of the progress, 0–99
 */
export async function renderReport(
  db: Db,
  row: Pick<ReportFileRow, "kind" | "format" | "from" | "to">,
  scope: ReportScope,
  now: Date,
  path: string,
  told: (progress: number) => Promise<void>,
): Promise<void> {
  const { kind, format, from, to } = row;
  const asked = { scope, from, to, now };
  const step = (share: number) => told(Math.floor(share * READ_PART));
  if (kind === "callLedger" || kind === "eventLedger") {
    const ledger =
      kind === "callLedger"
        ? await callLedger(db, scope.stats, { from, to }, now)
        : await eventLedger(db, scope.stats, { from, to }, now);
    const head = { name: ledger.name, columns: ledger.columns };
    return withThread(writeInThread({ format, path, head }), (thread) =>
      writeLedger(ledger, thread, step),
    );
  }
  const report: ReportDocument =
    kind === "weeklyBrief"
      ? weeklyBrief(await readWeekly(db, asked, step))
      : monthlyCircular(await readCircular(db, asked, step));
  await step(1);
  return withThread(writeInThread({ format, path, head: null }), async (thread) =>
    thread.document(report),
  );
}

async function withThread(
  thread: ThreadWriter,
  work: (thread: ThreadWriter) => Promise<void>,
): Promise<void> {
  try {
    await work(thread);
    await thread.finish();
  } catch (error) {
    await thread.stop();
    throw error;
  }
}

/**
 * Lets everybody else do a piece of their work. The embedded database answers without ever doing so: one
 * page after another would hold up the whole product.
 */
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function writeLedger(
  ledger: Ledger,
  thread: ThreadWriter,
  step: (share: number) => Promise<void>,
): Promise<void> {
  let read = 0;
  for await (const { subjects, rows } of ledger.pages()) {
    await turn();
    thread.rows(rows);
    await turn();
    read += subjects;
    await step(ledger.total === 0 ? 1 : Math.min(1, read / ledger.total));
    await turn();
  }
}
