import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { ReportFormat } from "../domain/report-file.ts";

/** Report files, below `DATA_DIR/reports`, each named by its row. */
export interface ReportStore {
  /** where a file may be written before it is whole */
  unfinished(id: string, attempt: number): Promise<string>;
  /** Puts a whole file in its place. @returns its length in bytes */
  keep(unfinished: string, id: string, format: ReportFormat): Promise<number>;
  /** null where it is not there */
  read(id: string, format: ReportFormat): Promise<Readable | null>;
  remove(id: string, format: ReportFormat): Promise<void>;
}

/** @param dataDir - DATA_DIR; instances of one product share it */
export function reportStore(dataDir: string): ReportStore {
  const folder = join(dataDir, "reports");
  const pathOf = (id: string, format: ReportFormat) => join(folder, `${id}.${format}`);
  return {
    async unfinished(id, attempt) {
      await mkdir(folder, { recursive: true });
      return join(folder, `.${id}-${attempt}-${process.pid}`);
    },
    async keep(unfinished, id, format) {
      const { size } = await stat(unfinished);
      await rename(unfinished, pathOf(id, format));
      return size;
    },
    async read(id, format) {
      try {
        return (await open(pathOf(id, format))).createReadStream();
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw cause;
      }
    },
    remove: (id, format) => rm(pathOf(id, format), { force: true }),
  };
}
