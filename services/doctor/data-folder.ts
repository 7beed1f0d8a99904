import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, rm, stat, statfs, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type Finding, failed, ok, reasonOf, warning } from "./finding.ts";

const MB = 1024 * 1024;
const LITTLE_MB = 1024;
const TOO_LITTLE_MB = 100;

/** Whether pictures and the embedded database have a place: writable, with room. */
export async function checkDataFolder(folder: string): Promise<Finding> {
  const path = resolve(folder);
  const present = await isThere(path);
  try {
    if (present) await writeProbe(path);
    else await access(dirname(path), constants.W_OK);
  } catch (error) {
    return failed(
      "data folder",
      `${path} cannot be written (${reasonOf(error)})`,
      "Give the product's user the right to write there, or set another DATA_DIR.",
    );
  }
  const free = await freeMegabytes(present ? path : dirname(path));
  const room = `${free >= 1024 ? `${(free / 1024).toFixed(1)} GB` : `${free} MB`} free`;
  const text = `${path}${present ? "" : " (made at the first start)"}, ${room}`;
  const advice = "Make room on that disk, or set DATA_DIR to a larger one.";
  if (free < TOO_LITTLE_MB) return failed("data folder", text, advice);
  if (free < LITTLE_MB) return warning("data folder", text, advice);
  return ok("data folder", text);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function writeProbe(folder: string): Promise<void> {
  const probe = join(folder, `.doctor-${randomUUID()}`);
  try {
    await writeFile(probe, "");
  } finally {
    await rm(probe, { force: true });
  }
}

async function freeMegabytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.floor((bavail * bsize) / MB);
}
