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
  const file = join(folder, "yihu.lock");
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

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
