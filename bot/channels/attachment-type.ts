import { fileTypeFromBuffer } from "file-type";
import type { AttachmentKind } from "../../services/domain/incoming.ts";

export type AttachmentType =
  | { ok: true; mime: string; extension: string }
  /** Chinese, fit to be said to the sender */
  | { ok: false; reason: string };

const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/heic"];
const SOUNDS = ["audio/amr", "audio/mpeg", "audio/wav", "audio/ogg"];
const FILMS = ["video/mp4"];
const PAPERS = [
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
];

const ALLOWED: Readonly<Record<AttachmentKind, readonly string[]>> = {
  picture: PICTURES,
  audio: SOUNDS,
  video: FILMS,
  file: [...PICTURES, ...SOUNDS, ...FILMS, ...PAPERS],
};

/** Word, Excel and PowerPoint up to 2003 share one container with installers; the name has to tell. */
const OLD_OFFICE: Readonly<Record<string, string>> = {
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  ppt: "application/vnd.ms-powerpoint",
};

/**
 * What a file really is, from its first bytes: names and the platform's word are not believed. Only
 * what an office can look at is kept: pictures, speech, mp4, PDF, Office without macros.
 *
 * @param fileName - looked at only for Office files up to 2003
 */
export async function attachmentType(
  bytes: Uint8Array,
  kind: AttachmentKind,
  fileName: string | null = null,
): Promise<AttachmentType> {
  const found = await detect(bytes);
  if (found === null) return refusal("看不出是什么文件");
  const old = found.mime === "application/x-cfb" ? oldOffice(fileName) : found;
  if (old === null) return refusal(`不收 ${found.extension} 文件`);
  const allowed = ALLOWED[kind].includes(old.mime) || (kind === "file" && old !== found);
  return allowed ? { ok: true, ...old } : refusal(`不收 ${old.extension} 文件`);
}

const refusal = (what: string): AttachmentType => ({
  ok: false,
  reason: `${what};可以发照片、语音、mp4 视频、PDF 或 Office 文档`,
});

/** Broken files can make the detection fail; they are of no known type. */
async function detect(bytes: Uint8Array): Promise<{ mime: string; extension: string } | null> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found === undefined) return null;
  // Sub-types such as `audio/ogg; codecs=opus` are kept under their family.
  const [mime = found.mime] = found.mime.split(";");
  return { mime, extension: found.ext };
}

function oldOffice(fileName: string | null): { mime: string; extension: string } | null {
  const extension = fileName?.split(".").at(-1)?.toLowerCase() ?? "";
  const mime = OLD_OFFICE[extension];
  return mime === undefined ? null : { mime, extension };
}
