import type { Database } from "../../db/client.ts";
import { emptyErasedWords, takeErasedFiles } from "../../db/queries/erased.ts";
import { noteRetention } from "../../db/queries/retention-runs.ts";
import type { AttachmentStore } from "../attachment-store.ts";
import type { Office } from "./office.ts";

const BATCH = 500;

/**
 * What is left of people who had their information deleted: pictures and words of their reports go once
 * nobody works on them. The row first, then the file. @returns how many rows lost something
 */
export async function retireErased(
  database: Database,
  office: Office,
  store: Pick<AttachmentStore, "remove">,
): Promise<number> {
  let retired = 0;
  for (;;) {
    const before = office.clock.now();
    const { files, words } = await database.transaction(async (tx) => {
      const at = before;
      const files = await takeErasedFiles(tx, BATCH);
      const words = await emptyErasedWords(tx, BATCH);
      await noteRetention(tx, { at, rule: "erasedPictures", before, count: files.taken });
      await noteRetention(tx, { at, rule: "erasedWords", before, count: words });
      return { files, words };
    });
    for (const path of files.gone) await store.remove(path);
    retired += files.taken + words;
    if (files.taken < BATCH && words < BATCH) return retired;
  }
}
