import { Worker } from "node:worker_threads";
import type { Cell } from "./ledger.ts";
import type { ReportDocument } from "./report-document.ts";
import type { ThreadTask, ToThread } from "./writing-thread.ts";

export interface ThreadWriter {
  rows(rows: readonly Cell[][]): void;
  document(document: ReportDocument): void;
  /** resolves when the whole file is written; rejects with what broke in the thread */
  finish(): Promise<void>;
  /** ends the thread, whatever it does */
  stop(): Promise<void>;
}

/** Opens a thread that writes one file. Beside it, the event loop has nothing to do but to hand rows over. */
export function writeInThread(task: ThreadTask): ThreadWriter {
  const worker = new Worker(new URL("./typescript-thread.mjs", import.meta.url), {
    execArgv: [],
    workerData: { run: new URL("./writing-thread.ts", import.meta.url).href, task },
  });
  const done = new Promise<void>((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
    worker.once("exit", (code) =>
      reject(new Error(`The thread that writes a report ended early (${code}).`)),
    );
  });
  // Awaited in `finish`; until then a failure must not count as unheard.
  done.catch(() => {});
  const tell = (message: ToThread) => worker.postMessage(message);
  return {
    rows: (rows) => tell({ kind: "rows", rows }),
    document: (document) => tell({ kind: "document", document }),
    async finish() {
      if (task.head !== null) tell({ kind: "end" });
      await done;
      await worker.terminate();
    },
    stop: async () => void (await worker.terminate()),
  };
}
