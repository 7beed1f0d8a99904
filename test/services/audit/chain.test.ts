import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../db/client.ts";
import { writeAudit } from "../../../db/queries/audit.ts";
import { verifyAudit } from "../../../services/audit/verify.ts";
import { SYSTEM } from "../../../services/domain/actor.ts";
import { sealAudit } from "../../../services/workflows/seal-audit.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";

let database: Database;
beforeAll(async () => {
  ({ database } = await testDatabase());
});
beforeEach(() => emptyDatabase(database));
afterAll(() => database.close());

const AT = new Date("2026-11-25T01:00:00.000Z");
const happens = (no: string) =>
  writeAudit(database, {
    at: AT,
    actor: SYSTEM,
    action: "accept",
    subject: { type: "event", no },
    outcome: "done",
  });
/** Eleven minutes after whatever was written just now. */
const later = { now: () => new Date(Date.now() + 11 * 60_000) };
const seal = () => sealAudit(database, later);

describe("the chain over the audit trail", () => {
  it("holds over entries of several seals, and says so", async () => {
    for (const no of ["SJ1", "SJ2"]) await happens(no);
    expect(await seal()).toBe(2);
    await happens("SJ3");
    expect(await seal()).toBe(1);
    expect(await seal()).toBe(0);
    expect(await verifyAudit(database)).toMatchObject({ ok: true, seals: 2, entries: 3 });
  });

  it("waits until nothing earlier can come any more", async () => {
    await happens("SJ1");
    expect(await sealAudit(database, { now: () => new Date() })).toBe(0);
  });

  it("is a plain SHA-256 that anybody can make", async () => {
    await happens("SJ1");
    await seal();
    const [row] = await database.rows<{ id: string }>(sql`select id from audit`);
    const entry = JSON.stringify([
      row?.id,
      AT.toISOString(),
      [null, "系统", null, null, null],
      "accept",
      "event",
      "SJ1",
      "done",
      null,
    ]);
    const hash = createHash("sha256")
      .update(`${"0".repeat(64)}\n${entry}`)
      .digest("hex");
    expect(await verifyAudit(database)).toMatchObject({ head: hash });
  });

  it.each([
    ["is changed", sql`update audit set reason = '改过' where subject_no = 'SJ2'`],
    ["is removed", sql`delete from audit where subject_no = 'SJ2'`],
    [
      "was somebody else's",
      sql`update audit set actor = actor || '{"name": "别人"}' where subject_no = 'SJ2'`,
    ],
  ])("does not hold where an entry %s", async (_, change) => {
    for (const no of ["SJ1", "SJ2", "SJ3"]) await happens(no);
    await seal();
    await happens("SJ4");
    await seal();
    await database.rows(change);
    expect(await verifyAudit(database)).toMatchObject({ ok: false, seq: 1, sealed: 3 });
  });

  it("does not hold where an entry is slipped in, or a seal is gone", async () => {
    for (const no of ["SJ1", "SJ2"]) await happens(no);
    await seal();
    await database.rows(sql`
      insert into audit select site, '00000000-0000-7000-8000-000000000000'::uuid, at, actor, action, subject_type, 'SJ0', outcome, reason
      from audit where subject_no = 'SJ1'`);
    expect(await verifyAudit(database)).toMatchObject({ ok: false, seq: 1, found: 3, sealed: 2 });
    await database.rows(sql`delete from audit where subject_no = 'SJ0'`);
    await happens("SJ3");
    await seal();
    await database.rows(sql`delete from audit_seals where seq = 1`);
    expect(await verifyAudit(database)).toMatchObject({ ok: false, seq: 2 });
  });

  it("that was made anew is told from the one whose head was noted", async () => {
    await happens("SJ1");
    await seal();
    const noted = await verifyAudit(database);
    const head = noted.ok ? noted.head : null;
    await happens("SJ2");
    await seal();
    expect(await verifyAudit(database, head)).toMatchObject({ ok: true });
    await database.rows(sql`delete from audit where subject_no = 'SJ1'`);
    await database.rows(sql`delete from audit_seals`);
    await seal();
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
    expect(await verifyAudit(database, head)).toEqual({ ok: false, unknownHead: head });
  });
});
