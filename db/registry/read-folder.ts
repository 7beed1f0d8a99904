import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkRows } from "./check-rows.ts";
import { REGISTRY_FILES, type RegistryFile } from "./files.ts";
import type { Problem } from "./problem.ts";
import { type Row, readCsv } from "./read-csv.ts";

export interface GivenFile {
  file: RegistryFile;
  rows: Row[];
  /** false: nothing is known of its rows, and references to it are not judged */
  readable: boolean;
}

export interface Folder {
  /** by name, those that are there */
  given: Map<string, GivenFile>;
  problems: Problem[];
  /** names of CSV files that are none of the registry's: a slip of the pen, perhaps */
  ignored: string[];
}

/** Reads every registry file of a folder and checks each by itself. */
export async function readFolder(path: string): Promise<Folder> {
  const names = await readdir(path).catch((cause) => {
    throw new Error(`The folder ${path} cannot be read. Check the path and its permissions.`, {
      cause,
    });
  });
  const known = new Set(REGISTRY_FILES.map((file) => file.name));
  const files = new Map<string, Buffer>();
  for (const name of names.filter((one) => /\.csv$/i.test(one))) {
    files.set(name, known.has(name) ? await readFile(join(path, name)) : Buffer.alloc(0));
  }
  return folderOf(files);
}

/** The same of files that are at hand, by name. */
export function folderOf(files: ReadonlyMap<string, Buffer>): Folder {
  const folder: Folder = { given: new Map(), problems: [], ignored: [] };
  for (const file of REGISTRY_FILES) {
    const bytes = files.get(file.name);
    if (bytes === undefined) continue;
    const { rows, problems, readable } = readCsv(file, bytes);
    folder.given.set(file.name, { file, rows, readable });
    folder.problems.push(...problems, ...checkRows(file, rows));
  }
  const known = new Set(REGISTRY_FILES.map((file) => file.name));
  folder.ignored = [...files.keys()].filter((name) => !known.has(name)).sort();
  return folder;
}
