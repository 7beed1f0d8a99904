import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import QRCode from "qrcode";
import { type QrSheet, qrSheet } from "../replies/qr-sheet.ts";

/** Enough to be read with a corner torn off; of the PNG for 96 mm in print. */
const LOOK = { errorCorrectionLevel: "Q", margin: 4 } as const;
const PNG_PIXELS = 1200;

/** A grid's code may hold what a file's name may not. */
const nameOf = (gridCode: string): string => encodeURIComponent(gridCode).replaceAll("*", "%2A");

/** Whether all of a grid's files lie there: the page is written last. */
export const hasSheet = (folder: string, gridCode: string): boolean =>
  existsSync(join(folder, `${nameOf(gridCode)}.html`));

/** Writes the code of a grid as SVG and PNG, and as a page to print. Each file is whole or not there. */
export async function writeSheet(
  folder: string,
  url: string,
  sheet: Omit<QrSheet, "code">,
): Promise<void> {
  const code = await QRCode.toString(url, { ...LOOK, type: "svg" });
  const png = await QRCode.toBuffer(url, { ...LOOK, type: "png", width: PNG_PIXELS });
  const path = join(folder, nameOf(sheet.gridCode));
  await writeWhole(`${path}.svg`, code);
  await writeWhole(`${path}.png`, png);
  await writeWhole(`${path}.html`, qrSheet({ ...sheet, code }));
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}
