import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { contactKeysOf, parseContactKeys } from "../../../db/contacts/keys.ts";
import { contactVault, keyOfSealed, MissingContactKey } from "../../../db/contacts/vault.ts";

const OLD = { id: "2025", bytes: Buffer.alloc(32, 1) };
const NEW = { id: "2026", bytes: Buffer.alloc(32, 2) };
const PHONE = "13812345678";

describe("a contact field", () => {
  it("is encrypted anew each time, names its key, and opens where it was made for", () => {
    const vault = contactVault("main", [NEW]);
    const [first, second] = [1, 2].map(() => vault.seal("people.phone", "w1", PHONE));
    expect(first).not.toBe(second);
    expect(first).not.toContain(PHONE);
    expect(keyOfSealed(first ?? "")).toBe("2026");
    expect(vault.open("people.phone", "w1", first ?? "")).toBe(PHONE);
  });

  it("opens in no other row, field or district, and not when a sign was changed", () => {
    const vault = contactVault("main", [NEW]);
    const sealed = vault.seal("people.phone", "w1", PHONE);
    const other = sealed.slice(0, -4) + (sealed.endsWith("AAAA") ? "BBBB" : "AAAA");
    for (const open of [
      () => vault.open("people.phone", "w2", sealed),
      () => vault.open("hotline_orders.contact", "w1", sealed),
      () => contactVault("elsewhere", [NEW]).open("people.phone", "w1", sealed),
      () => vault.open("people.phone", "w1", other),
    ])
      expect(open).toThrow(/does not open with the key "2026"/);
  });

  it("made with an older key opens while that key is named, and afterwards says which one lacks", () => {
    const sealed = contactVault("main", [OLD]).seal("people.phone", "w1", PHONE);
    expect(contactVault("main", [NEW, OLD]).open("people.phone", "w1", sealed)).toBe(PHONE);
    expect(() => contactVault("main", [NEW]).open("people.phone", "w1", sealed)).toThrow(
      MissingContactKey,
    );
  });

  it("without any key is written as it is, and what was written so is read with a key", () => {
    expect(contactVault("main", []).seal("people.phone", "w1", PHONE)).toBe(PHONE);
    expect(contactVault("main", [NEW]).open("people.phone", "w1", PHONE)).toBe(PHONE);
  });
});

describe("the keys", () => {
  const folders: string[] = [];
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), "yihu-keys-"));
    folders.push(made);
    return made;
  };
  afterEach(() => {
    for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
  });
  const place = (dataDir: string, given = [] as (typeof OLD)[]) => ({
    given,
    dataDir,
    databaseUrl: `pglite:${dataDir}`,
  });

  it("beside the embedded database are made once, for their owner's eyes", () => {
    const dataDir = folder();
    expect(contactKeysOf(place(dataDir), "none")).toEqual([]);
    const [made] = contactKeysOf(place(dataDir), "make");
    expect(made?.bytes).toHaveLength(32);
    expect(contactKeysOf(place(dataDir), "make")).toEqual([made]);
    expect(statSync(join(dataDir, "contact-keys")).mode & 0o777).toBe(0o600);
    expect(contactKeysOf(place(dataDir, [NEW]), "make").map(({ id }) => id)).toEqual([
      "2026",
      "file",
    ]);
  });

  it("are not made on PostgreSQL, where each instance would make another", () => {
    const dataDir = folder();
    const onServer = { ...place(dataDir), databaseUrl: "postgres://yihu@127.0.0.1/yihu" };
    expect(contactKeysOf(onServer, "make")).toEqual([]);
  });

  it("that cannot be read are no reason to make others", () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, "contact-keys"), "what was here?");
    expect(() => contactKeysOf(place(dataDir), "make")).toThrow(/Put back the file/);
  });

  it.each([
    "",
    "2026",
    "2026:short",
    `2026:${"A".repeat(44)}`,
    `a b:${NEW.bytes.toString("base64")}`,
    `x:${NEW.bytes.toString("base64")},x:${OLD.bytes.toString("base64")}`,
  ])("of the setting are refused as %j", (text) => {
    expect(parseContactKeys(text)).toBeNull();
  });
});
