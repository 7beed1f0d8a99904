import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { asSheetText, fromSheetText } from "../../services/domain/sheet-text.ts";

/** What the platform gave, one line a code: a permanent code is never asked for twice. */
export interface CodeLedger {
  urls: ReadonlyMap<string, string>;
  /** writes a code down, before anything is made of it */
  note(gridCode: string, url: string): Promise<void>;
}

const FILE = "codes.csv";
const Rows = z.array(z.tuple([z.string().min(1), z.url()]));

/** @param folder - of one channel; made where there is none. @throws where the file is not ours */
export async function openLedger(folder: string): Promise<CodeLedger> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, FILE);
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return "";
    throw cause;
  });
  // A line that a crash cut short has no end, and is asked for again.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const rows = Rows.safeParse(parse(whole, { relax_column_count: true }));
  if (!rows.success)
    throw new Error(`${path} is no list of codes. Move it away, or choose another --out.`);
  const urls = new Map(rows.data.map(([code, url]) => [fromSheetText(code), url] as const));
  if (whole.length < text.length) await writeFile(path, whole);
  return {
    urls,
    async note(gridCode, url) {
      await appendFile(path, stringify([[asSheetText(gridCode), url]]));
      urls.set(gridCode, url);
    },
  };
}
