import { createHash } from "node:crypto";
import { senderOfPhone } from "./domain/api-sender.ts";

/** A number however it was typed: without separators and the country's code. */
export const digitsOf = (phone: string): string =>
  phone.replace(/[\s()-]/g, "").replace(/^\+?86(?=1)/, "");

/**
 * Who has this number, the same person in every source. The digest keeps the number out of sight, not out
 * of reach of whoever holds the database.
 */
export const senderOfNumber = (phone: string, site: string): string =>
  senderOfPhone(
    createHash("sha256")
      .update(`${site}:${digitsOf(phone)}`)
      .digest("hex")
      .slice(0, 32),
  );
