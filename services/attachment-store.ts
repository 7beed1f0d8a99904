import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const KEPT = /^[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{1,5}$/;

/** Files that people sent, below `DATA_DIR/attachments`, each named by the SHA-256 of its bytes. */
export interface AttachmentStore {
  /**
   * Keeps the whole file or none: a crash leaves no half picture.
   *
   * @param extension - as its bytes told, without a dot
   * @returns where it lies, below the folder
   */
  keep(bytes: Uint8Array, extension: string): Promise<{ path: string; sha256: string }>;
  /** null where no such file was kept */
  read(path: string): Promise<Uint8Array | null>;
  /** Deletes a file for good; one that is not there is gone already. */
  remove(path: string): Promise<void>;
}

/** @param dataDir - DATA_DIR; instances of one product share it */
export function attachmentStore(dataDir: string): AttachmentStore {
  const folder = join(dataDir, "attachments");
  return {
    async keep(bytes, extension) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const path = join(sha256.slice(0, 2), `${sha256}.${extension}`);
      const goal = join(folder, path);
      await mkdir(dirname(goal), { recursive: true });
      const unfinished = `${goal}.${randomUUID()}`;
      await writeFile(unfinished, bytes);
      await rename(unfinished, goal);
      return { path, sha256 };
    },
    async read(path) {
      if (!KEPT.test(path)) return null;
      try {
        return await readFile(join(folder, path));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw cause;
      }
    },
    async remove(path) {
      if (KEPT.test(path)) await rm(join(folder, path), { force: true });
    },
  };
}
