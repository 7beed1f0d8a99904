import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What a backup says of itself. It is written last: a folder without it is no whole backup. */
export const MANIFEST = "manifest.json";

const Manifest = z.object({
  format: z.literal(1),
  /** of the product */
  version: z.string(),
  madeAt: z.iso.datetime({ offset: true }),
  engine: z.enum(["pglite", "postgres"]),
  /** of the server, or of the embedded PostgreSQL */
  serverMajor: z.number().int(),
  site: z.string(),
  /** when the newest applied migration was made, as drizzle numbers them */
  migration: z.number().nullable(),
  rows: z.record(z.string(), z.number().int()),
  /** of this site; null: nothing was sealed yet */
  auditHead: z.string().nullable(),
  /** names of the keys that a restored database wants; the keys themselves are not in the backup */
  contactKeys: z.array(z.string()),
  files: z.array(
    z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string().length(64) }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;
export type ListedFile = Manifest["files"][number];

/** @throws with a sentence for the operator where the folder holds no whole backup */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), "utf8");
  } catch (cause) {
    throw new Error(
      `${folder} holds no ${MANIFEST}, so it is no backup, or one that broke off. Choose another.`,
      { cause },
    );
  }
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    throw new Error(`${join(folder, MANIFEST)} is damaged. Choose another backup.`);
  }
}
