import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Database, openDatabase } from "../../../db/client.ts";
import { contactKeysOf } from "../../../db/contacts/keys.ts";
import { loadDump } from "../../../db/load-dump.ts";
import { migrate } from "../../../db/migrate.ts";
import { writeAudit } from "../../../db/queries/audit.ts";
import { newId } from "../../../db/queries/ids.ts";
import { namedFiles } from "../../../db/queries/named-files.ts";
import { findPersonById } from "../../../db/queries/people.ts";
import { attachmentStore } from "../../../services/attachment-store.ts";
import { makeBackup } from "../../../services/backup/make-backup.ts";
import type { Manifest } from "../../../services/backup/manifest.ts";
import { restoreBackup } from "../../../services/backup/restore-backup.ts";
import { SYSTEM } from "../../../services/domain/actor.ts";
import { sealAudit } from "../../../services/workflows/seal-audit.ts";
import { productHome, runCommand } from "../../support/product.ts";

const NOW = new Date("2026-11-25T01:00:00Z");
const LATER = { now: () => new Date(Date.now() + 11 * 60_000) };
const PERSON = "p-with-phone";
const PHONE = "13812345678";
const KEYS = [{ id: "2026", bytes: Buffer.alloc(32, 3) }];

type Home = Awaited<ReturnType<typeof productHome>>;
const homes: Home[] = [];
const folders: string[] = [];
async function home(): Promise<{ env: Record<string, string>; url: string; dataDir: string }> {
  const made = await productHome();
  homes.push(made);
  const dataDir = made.env.DATA_DIR ?? "";
  return { env: made.env, dataDir, url: made.env.DATABASE_URL ?? `pglite:${dataDir}` };
}
const newFolder = () => {
  const made = mkdtempSync(join(tmpdir(), "yihu-backup-"));
  folders.push(made);
  return made;
};

/** A district at work: people, pictures, an audit trail that is sealed. */
async function districtAt({ url, dataDir }: { url: string; dataDir: string }) {
  const embedded = url.startsWith("pglite:");
  // A migrated one is unpacked four times faster than made.
  if (embedded) {
    const dump = new Blob([readFileSync(inject("pgliteDump"))]);
    await (await loadDump(dump, dataDir, "main")).close();
  }
  const database = await openDatabase(url, "main", KEYS);
  if (!embedded) await migrate(database, url);
  await database.rows(sql`
    insert into people (site, id, name, org_code, roles, grid_codes, phone)
    values ('main', ${PERSON}, '王', 'd', '{}', '{}', ${database.contacts.seal("people.phone", PERSON, PHONE)})`);
  const store = attachmentStore(dataDir);
  const write = async (n: number) => {
    await writeAudit(database, {
      at: NOW,
      actor: SYSTEM,
      action: "accept",
      subject: { type: "event", no: `SJ${n}` },
      outcome: "done",
    });
    const { path, sha256 } = await store.keep(Buffer.from(`picture ${n}`), "jpg");
    await database.orm.execute(sql`
      insert into attachments (site, id, message_id, kind, channel, ref, state, path, mime, sha256, created_at)
      values ('main', ${newId()}, ${newId()}, 'picture', 'api', 'r', 'stored', ${path}, 'image/jpeg', ${sha256}, now())`);
  };
  for (let n = 1; n <= 3; n++) await write(n);
  await sealAudit(database, LATER);
  return { database, write };
}

let from: Awaited<ReturnType<typeof home>>;
let database: Database;
let manifest: Manifest;
let backup: string;

beforeAll(async () => {
  from = await home();
  const district = await districtAt(from);
  ({ database } = district);
  backup = join(newFolder(), "b");
  writeFileSync(join(from.dataDir, "contact-keys"), `2026:${KEYS[0]?.bytes.toString("base64")}\n`);
  // The district goes on writing while it is backed up.
  let stop = false;
  let written = 3;
  const writing = (async () => {
    while (!stop) await district.write(++written);
  })();
  const place = { url: from.url, dataDir: from.dataDir, folder: backup };
  try {
    manifest = await makeBackup(database, place, { version: "0.1.0", now: NOW });
  } finally {
    stop = true;
    await writing;
  }
  expect(written).toBeGreaterThan(4);
});
afterAll(async () => {
  await database.close().catch(() => {});
  for (const one of homes) await one.remove();
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const into = (to: { url: string; dataDir: string }, more = {}) => ({
  ...to,
  site: "main",
  folder: backup,
  keys: KEYS,
  replace: false,
  now: NOW,
  ...more,
});

describe("a backup", () => {
  it("brings back rows, pictures, audit trail and encrypted numbers, over nothing else unless told to", async () => {
    const to = await home();
    const restored = await restoreBackup(into(to));
    expect(restored).toMatchObject({ rows: manifest.rows, missingFiles: 0, missingKeys: [] });
    expect(restored.audit).toMatchObject({ entries: 3, head: manifest.auditHead });
    const again = await openDatabase(to.url, "main", KEYS);
    try {
      const pictures = await namedFiles(again);
      expect(pictures.length).toBe(manifest.rows.attachments);
      const store = attachmentStore(to.dataDir);
      for (const path of pictures)
        expect((await store.read(path))?.toString()).toBe(
          (await attachmentStore(from.dataDir).read(path))?.toString(),
        );
      expect((await findPersonById(again, PERSON))?.phone).toBe(PHONE);
    } finally {
      await again.close();
    }
    await expect(restoreBackup(into(to))).rejects.toThrow(/holds rows already.*--replace/);
    const replaced = await restoreBackup(into(to, { replace: true, keys: [] }));
    expect(replaced).toMatchObject({ rows: manifest.rows, missingKeys: ["2026"] });
    expect(replaced.movedTo === null).toBe(to.url.startsWith("postgres"));
  });

  it("does not hold the contact keys, and names them", () => {
    expect(manifest.contactKeys).toEqual(["2026"]);
    expect(manifest.files.map(({ path }) => path).join()).not.toContain("contact-keys");
    expect(existsSync(join(backup, "files", "contact-keys"))).toBe(false);
  });

  it("that was damaged is refused by name of the file, and nothing is touched", async () => {
    const to = await home();
    const picture = manifest.files.find(({ path }) => path.endsWith(".jpg"))?.path ?? "";
    const dump = manifest.files.find(({ path }) => path.startsWith("database."))?.path ?? "";
    for (const [path, change] of [
      [picture, (bytes: Buffer) => Buffer.from(`X${bytes.toString().slice(1)}`)],
      [dump, (bytes: Buffer) => bytes.subarray(0, -100)],
    ] as const) {
      const whole = readFileSync(join(backup, path));
      writeFileSync(join(backup, path), change(whole));
      await expect(restoreBackup(into(to))).rejects.toThrow(
        new RegExp(
          `The backup is damaged, and nothing was touched:\n  - ${path.replaceAll(".", "\\.")} `,
        ),
      );
      writeFileSync(join(backup, path), whole);
    }
    expect(existsSync(join(to.dataDir, "attachments"))).toBe(false);
    await expect(restoreBackup(into(to, { folder: to.dataDir }))).rejects.toThrow(
      /holds no manifest\.json/,
    );
  });

  it("goes into no other engine, no other SITE, and no second time into one folder", async () => {
    const to = await home();
    const other = to.url.startsWith("pglite:")
      ? "postgres://nobody@127.0.0.1:1/none"
      : `pglite:${to.dataDir}`;
    await expect(restoreBackup(into({ ...to, url: other }))).rejects.toThrow(/cannot go into/);
    await expect(restoreBackup(into(to, { site: "other" }))).rejects.toThrow(/Set SITE=main/);
    const place = { url: from.url, dataDir: from.dataDir, folder: backup };
    await expect(makeBackup(database, place, { version: "0", now: NOW })).rejects.toThrow(
      /is not empty/,
    );
  });

  it("is made and brought back by the commands", async () => {
    await database.close();
    const [to, folder] = [await home(), join(newFolder(), "b")];
    const made = await runCommand("services/backup/backup-command.ts", [folder], from.env);
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(made.stdout).toMatch(/rows and \d+ files.*\naudit head [0-9a-f]{64}\nThe contact keys/);
    const command = ["services/backup/restore-command.ts", [folder]] as const;
    const restored = await runCommand(command[0], command[1], to.env);
    expect(restored).toMatchObject({ code: 0, stderr: "" });
    expect(restored.stdout).toMatch(
      /The audit trail holds: 3 entries in 1 seals\.\nBefore you start/,
    );
    expect(contactKeysOf({ given: [], databaseUrl: to.url, dataDir: to.dataDir }, "none")).toEqual(
      [],
    );
  });
});
