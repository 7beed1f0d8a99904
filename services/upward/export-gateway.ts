import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { UpwardGateway } from "./gateway.ts";
import { mailOf } from "./mail.ts";

/** Files need addresses to be mails; whoever sends them on puts in the right ones. */
const NOBODY = { from: "yihu@export.invalid", to: "12345@export.invalid" };

/**
 * Without a road to the platform: `.eml`, `.pdf` (or `.html`) and `.json` below DATA_DIR/upward, for
 * somebody to upload. The receipt is their name; a repeat writes the same files again.
 */
export function exportGateway(dataDir: string): UpwardGateway {
  const folder = join(dataDir, "upward");
  const composer = createTransport({ streamTransport: true, buffer: true });
  return {
    road: "export",
    async send(letter) {
      const name = `${letter.name}-${letter.id.slice(-6)}`;
      const { message } = await composer.sendMail(mailOf(letter, NOBODY));
      await mkdir(folder, { recursive: true });
      if (letter.pdf === null) await write(`${name}.html`, Buffer.from(letter.html));
      else await write(`${name}.pdf`, letter.pdf);
      await write(`${name}.json`, Buffer.from(`${JSON.stringify(letter.data, null, 2)}\n`));
      await write(`${name}.eml`, message as Buffer);
      return { receipt: `upward/${name}` };
    },
  };

  /** The whole file or none. */
  async function write(name: string, bytes: Uint8Array): Promise<void> {
    const unfinished = join(folder, `.${randomUUID()}`);
    await writeFile(unfinished, bytes);
    await rename(unfinished, join(folder, name));
  }
}
