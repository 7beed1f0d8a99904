import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { CONTACT_KEY_FILE } from "../../db/contacts/keys.ts";
import type { ListedFile } from "./manifest.ts";

/** Of DATA_DIR: the database is dumped, keys stay apart from what they open. */
const LEFT_OUT = [
  /^pglite(\.|$)/,
  /^yihu\.lock$/,
  new RegExp(`^${CONTACT_KEY_FILE}$`),
  /^\.doctor-/,
];

/** Paths of all files below a folder, with `/`; none where it is not there. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return [];
      throw cause;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** What of DATA_DIR belongs into a backup. */
export const filesToKeep = async (dataDir: string): Promise<string[]> =>
  (await filesBelow(dataDir)).filter(
    (path) => !LEFT_OUT.some((one) => one.test(path.split("/")[0] ?? "")),
  );

/** Copies what is not there yet. A file that is deleted meanwhile is left out. */
export async function copyFiles(
  from: string,
  to: string,
  paths: readonly string[],
  done: Set<string> = new Set(),
): Promise<Set<string>> {
  for (const path of paths) {
    if (done.has(path)) continue;
    const goal = join(to, path);
    await mkdir(dirname(goal), { recursive: true });
    try {
      await copyFile(join(from, path), goal);
      done.add(path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    }
  }
  return done;
}

export async function listFile(folder: string, path: string): Promise<ListedFile> {
  const full = join(folder, path);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(full)) hash.update(chunk);
  return { path, bytes: (await stat(full)).size, sha256: hash.digest("hex") };
}

/** What is wrong with the files of a backup, one line each. */
export async function damagedFiles(
  folder: string,
  files: readonly ListedFile[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const listed of files) {
    const found = await listFile(folder, listed.path).catch(() => null);
    if (found === null) problems.push(`${listed.path} is missing`);
    else if (found.bytes !== listed.bytes)
      problems.push(`${listed.path} has ${found.bytes} bytes instead of ${listed.bytes}`);
    else if (found.sha256 !== listed.sha256)
      problems.push(`${listed.path} is not what was written: its SHA-256 is another one`);
  }
  return problems;
}
