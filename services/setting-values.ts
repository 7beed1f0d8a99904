import { z } from "zod";

/** A setting that is a web address; without a slash at its end. */
export const webAddress = (name: string, example: string) =>
  z
    .string()
    .refine((text) => /^https?:$/.test(protocolOf(text)), {
      error: `${name} must be a web address such as ${example}. Correct it, or remove it.`,
    })
    .transform((text) => text.replace(/\/+$/, ""));

/** `https:` of an address; nothing where it is none. */
export function protocolOf(text: string): string {
  try {
    return new URL(text).protocol;
  } catch {
    return "";
  }
}
