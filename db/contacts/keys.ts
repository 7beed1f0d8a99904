import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ContactKey } from "./vault.ts";

/** Of the embedded database: it lies in DATA_DIR, readable to its owner alone. */
export const CONTACT_KEY_FILE = "contact-keys";

/**
 * Reads `id:base64key[,older…]`, as CONTACT_KEYS and the key file have it.
 *
 * @returns null where it cannot be read
 */
export function parseContactKeys(text: string): ContactKey[] | null {
  const keys: ContactKey[] = [];
  for (const part of text.trim().split(",")) {
    const [, id, key] = /^\s*([A-Za-z0-9_-]{1,20}):([A-Za-z0-9+/]{43}=)\s*$/.exec(part) ?? [];
    if (id === undefined || key === undefined || keys.some((one) => one.id === id)) return null;
    keys.push({ id, bytes: Buffer.from(key, "base64") });
  }
  return keys;
}

export interface KeyPlace {
  /** of the settings; empty where they name none */
  given: readonly ContactKey[];
  databaseUrl: string;
  dataDir: string;
}

/**
 * The keys of this process. CONTACT_KEYS leads. Beside the embedded database, which one process on one
 * machine has, there is a key file, made where none is and none was named; what it holds stays readable
 * when CONTACT_KEYS takes over. On PostgreSQL no file is made: each instance would make another.
 *
 * @param missing - whether a missing file is made, or only looked for
 */
export function contactKeysOf(place: KeyPlace, missing: "make" | "none"): ContactKey[] {
  const given = [...place.given];
  if (!place.databaseUrl.startsWith("pglite:") || place.databaseUrl === "pglite:") return given;
  const kept = readKeyFile(place.dataDir);
  if (kept !== null)
    return [...given, ...kept.filter(({ id }) => !given.some((one) => one.id === id))];
  return given.length > 0 || missing === "none" ? given : makeKeyFile(place.dataDir);
}

function readKeyFile(dataDir: string): ContactKey[] | null {
  const file = join(dataDir, CONTACT_KEY_FILE);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new Error(`${file} cannot be read. Give the product's user the right to read it.`, {
      cause,
    });
  }
  const keys = parseContactKeys(text);
  if (keys === null)
    throw new Error(
      `${file} does not hold keys as ID:BASE64. Put back the file that was there; without it phone numbers cannot be read.`,
    );
  return keys;
}

function makeKeyFile(dataDir: string): ContactKey[] {
  mkdirSync(dataDir, { recursive: true });
  const text = `file:${randomBytes(32).toString("base64")}`;
  try {
    writeFileSync(join(dataDir, CONTACT_KEY_FILE), `${text}\n`, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    // Somebody else made it in between.
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    return readKeyFile(dataDir) ?? [];
  }
  return parseContactKeys(text) ?? [];
}
