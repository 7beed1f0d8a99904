import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Takes a folder for this process. PGlite takes no lock of its own, and two processes on one folder
 * destroy the data without a word.
 *
 * @returns what gives the folder back
 * @throws when a living process holds it
 */
export function lockFolder(folder: string): () => void {
  const file = lockOf(folder);
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder !== process.pid && isAlive(holder)) {
      throw new Error(
        `${folder} is in use by process ${holder}. Stop that one first, or set another DATA_DIR, or set DATABASE_URL to run several processes on PostgreSQL.`,
      );
    }
    writeFileSync(file, String(process.pid));
  }
  return () => rmSync(file, { force: true });
}

/** The living process that has taken the folder, this one excepted; null when it is free. */
export function folderHolder(folder: string): number | null {
  try {
    const holder = Number(readFileSync(lockOf(folder), "utf8"));
    return holder !== process.pid && isAlive(holder) ? holder : null;
  } catch {
    return null;
  }
}

const lockOf = (folder: string): string => join(folder, "yihu.lock");

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
