import { unzipSync } from "fflate";
import type { UploadedFile } from "../admin-api.ts";

/** Chosen files as the product takes them; a ZIP is opened here, so that the server opens none. */
export async function readUpload(files: readonly File[]): Promise<UploadedFile[]> {
  const read: UploadedFile[] = [];
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (!/\.zip$/i.test(file.name)) {
      read.push({ name: file.name, content: base64(bytes) });
      continue;
    }
    for (const [path, content] of Object.entries(unzipSync(bytes))) {
      const isOurs = /\.csv$/i.test(path) && !path.startsWith("__MACOSX");
      if (isOurs) read.push({ name: path, content: base64(content) });
    }
  }
  return read;
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  // Not all at once: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
