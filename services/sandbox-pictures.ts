import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Pictures sent in the sandbox, each under the SHA-256 of its bytes. The folder plays the part of the
 * platform's file server, so a picture is written before the message that names it is stored.
 */
export interface SandboxPictures {
  /** @returns the reference by which the picture is read again */
  keep(bytes: Uint8Array): Promise<string>;
  /** null where no such picture was kept */
  read(ref: string): Promise<Uint8Array | null>;
}

/** @param dataDir - DATA_DIR; instances that share a sandbox share this folder */
export function sandboxPictures(dataDir: string): SandboxPictures {
  const folder = join(dataDir, "sandbox-pictures");
  return {
    async keep(bytes) {
      const ref = createHash("sha256").update(bytes).digest("hex");
      const unfinished = join(folder, `${ref}.${randomUUID()}`);
      await mkdir(folder, { recursive: true });
      await writeFile(unfinished, bytes);
      await rename(unfinished, join(folder, ref));
      return ref;
    },
    async read(ref) {
      if (!/^[0-9a-f]{64}$/.test(ref)) return null;
      try {
        return await readFile(join(folder, ref));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw cause;
      }
    },
  };
}
