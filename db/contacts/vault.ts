import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** A key that contact fields are encrypted with: 32 bytes, known by a short name. */
export interface ContactKey {
  id: string;
  bytes: Buffer;
}

/** What holds somebody's number, or their name beside it. */
export const CONTACT_FIELDS = [
  "people.phone",
  "hotline_orders.contact",
  "inbox.on_behalf_of",
  "contact_index_keys.key",
] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

/** Contact fields of one district, on their way to the database and back. */
export interface ContactVault {
  /** the key that new values are encrypted with; null: there is none, and they are written as they are */
  readonly keyId: string | null;
  /** @param row - what tells the row from others of its table: a value copied to another row opens nowhere */
  seal(field: ContactField, row: string, value: string): string;
  /** A value that was never encrypted comes back as it is. @throws MissingContactKey, or when it was tampered with */
  open(field: ContactField, row: string, stored: string): string;
}

/** Something is encrypted with a key that this process does not have. */
export class MissingContactKey extends Error {
  constructor(id: string) {
    super(
      `Contact fields in the database are encrypted with the key "${id}", which CONTACT_KEYS does not name. Add it there, after the newest one; with the embedded database it stands in the file contact-keys of DATA_DIR.`,
    );
  }
}

/** What every encrypted value begins with; the name of its key follows, up to the next colon. */
export const SEALED = "enc:v1:";
const SEALED_VALUE = /^enc:v1:([A-Za-z0-9_-]{1,20}):([A-Za-z0-9_-]{38,})$/;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param keys - the first encrypts, every one of them decrypts */
export function contactVault(site: string, keys: readonly ContactKey[]): ContactVault {
  const [newest] = keys;
  const bound = (field: ContactField, row: string) =>
    Buffer.from(JSON.stringify([site, field, row]));
  return {
    keyId: newest?.id ?? null,
    seal(field, row, value) {
      if (newest === undefined) return value;
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", newest.bytes, iv).setAAD(bound(field, row));
      const sealed = [iv, cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()];
      return `${SEALED}${newest.id}:${Buffer.concat(sealed).toString("base64url")}`;
    },
    open(field, row, stored) {
      const [, id, text] = SEALED_VALUE.exec(stored) ?? [];
      if (id === undefined || text === undefined) return stored;
      const key = keys.find((one) => one.id === id);
      if (key === undefined) throw new MissingContactKey(id);
      const bytes = Buffer.from(text, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(0, IV_BYTES))
        .setAAD(bound(field, row))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const clear = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
        return Buffer.concat([clear, decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new Error(
          `${field} of a row does not open with the key "${id}": the key is another one of that name, or the value was changed or moved. Compare CONTACT_KEYS with what it was, or restore the row from a backup.`,
          { cause },
        );
      }
    },
  };
}

/** The name of the key that a stored value is encrypted with; null where it is none. */
export const keyOfSealed = (stored: string): string | null =>
  SEALED_VALUE.exec(stored)?.[1] ?? null;
