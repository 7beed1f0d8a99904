import { createHash, timingSafeEqual } from "node:crypto";

/** What is kept of a token: its SHA-256. A token of 256 random bits needs no salt and no slow hash. */
export const tokenHash = (token: string): string => digest(token).toString("hex");

/** Compares secrets in a time that says nothing about where they differ. */
export const isSameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(digest(a), digest(b));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
