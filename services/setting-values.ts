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

/** A setting that is a whole number within bounds. */
export const wholeNumber = (name: string, fallback: number, least: number, most: number) =>
  z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `${name} must be a whole number from ${least} to ${most}. Correct it, or remove it for ${fallback}.`,
    })
    .transform(Number);

/** A setting that is a list, separated by commas. */
export const listOf = (fits: (one: string) => boolean, complaint: { error: string }) =>
  z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    )
    .refine((list) => list.every(fits), complaint);

/** A setting that is a mail address. */
export const mailAddress = (name: string) =>
  z.string().regex(/^[^\s@<>]+@[^\s@<>]+$/, {
    error: `${name} must be a mail address such as hujiao@street.example. Correct it, or remove it.`,
  });

/** A setting that is 1 or 0. */
export const onOff = (name: string) =>
  z.enum(["0", "1"], {
    error: `${name} must be 1 (on) or 0 (off). Correct it, or remove it.`,
  });
