import { fileTypeFromBuffer } from "file-type";

const TYPES = ["image/jpeg", "image/png", "image/webp", "image/heic"];
export const MOST_PHOTO_BYTES = 5 * 1024 * 1024;
/** Base64 of the largest picture, with the head of a data: URL. */
export const MOST_PHOTO_CHARACTERS = Math.ceil(MOST_PHOTO_BYTES / 3) * 4 + 100;

export type CheckInPhoto =
  | { ok: true; bytes: Uint8Array; mime: string; extension: string }
  /** Chinese, fit to be said to the sender */
  | { ok: false; reason: string };

/**
 * A picture as the check-in page sends it. What it is, its bytes tell.
 *
 * @param text - base64, or a data: URL of it
 */
export const readCheckInPhoto = (text: string): Promise<CheckInPhoto> =>
  readPhoto(Buffer.from(text.replace(/^data:[^,]*,/, ""), "base64"));

/** A picture by its bytes alone: what a client calls it is not believed. */
export async function readPhoto(bytes: Uint8Array): Promise<CheckInPhoto> {
  if (bytes.length > MOST_PHOTO_BYTES) return { ok: false, reason: "照片超过 5 MB,没有保存" };
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  return type === undefined || !TYPES.includes(type.mime)
    ? { ok: false, reason: "不是照片(JPEG、PNG、WebP、HEIC),没有保存" }
    : { ok: true, bytes, mime: type.mime, extension: type.ext };
}
