import { v7 } from "uuid";

/** A row id that sorts by the moment it was made, without a sequence that all instances share. */
export const newId = (): string => v7();

/** Ids made from this moment on are greater. @param ms - since 1970, in real time */
export function idAt(ms: number): string {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
