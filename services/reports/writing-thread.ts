import { writeFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { documentDocx } from "./document-docx.ts";
import { documentPdf } from "./document-pdf.ts";
import type { Cell } from "./ledger.ts";
import type { ReportDocument } from "./report-document.ts";
import { csvWriter, type SheetHead, xlsxWriter } from "./sheet-writers.ts";

// Runs in a thread of its own: packing a large sheet takes seconds, in which nobody else may wait.

export type ToThread =
  | { kind: "document"; document: ReportDocument }
  | { kind: "rows"; rows: readonly Cell[][] }
  | { kind: "end" };

export interface ThreadTask {
  format: "docx" | "pdf" | "xlsx" | "csv";
  path: string;
  /** of a sheet */
  head: SheetHead | null;
}

const { format, path, head } = workerData.task as ThreadTask;
const writer = head === null ? null : format === "csv" ? csvWriter(head) : xlsxWriter(head);

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "rows") return writer?.add(message.rows);
  const work =
    message.kind === "document"
      ? (format === "pdf" ? documentPdf : documentDocx)(message.document).then((bytes) =>
          writeFile(path, bytes),
        )
      : writer?.finish(path);
  work?.then(
    () => parentPort?.postMessage("done"),
    // Thrown where nobody waits, it reaches the parent as the thread's error.
    (error: unknown) => {
      setImmediate(() => {
        throw error;
      });
    },
  );
});
