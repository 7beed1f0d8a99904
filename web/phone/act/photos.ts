import { shrunk } from "../../check-in/photo.ts";

/** A picture made small and drawn anew: what a camera writes beside it, such as where it was, is gone. */
export interface Photo {
  id: string;
  /** data: URL, to be shown */
  shown: string;
  bytes: ArrayBuffer;
}

/** @returns null where the browser cannot read it */
export async function takePhoto(file: File, id: string): Promise<Photo | null> {
  const shown = await shrunk(file);
  if (shown === null) return null;
  const text = atob(shown.slice(shown.indexOf(",") + 1));
  const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  return { id, shown, bytes: bytes.buffer };
}
