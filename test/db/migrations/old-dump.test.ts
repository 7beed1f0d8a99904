import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { callStepsOf, findCall } from "../../../db/queries/calls.ts";
import { rekeyContacts } from "../../../db/queries/contact-fields.ts";
import { countRows } from "../../../db/queries/database-contents.ts";
import { findEvent, stepsOf } from "../../../db/queries/events.ts";
import { openObligationsOf } from "../../../db/queries/obligations.ts";
import { findPersonById } from "../../../db/queries/people.ts";
import { isMigrated } from "../../../db/queries/readiness.ts";
import {
  databaseAt,
  fillEveryTable,
  type Given,
  migrationTags,
} from "../../support/old-database.ts";

const EVENT = "SJ20260101-0001";
const CALL = "HJ20260101-001";
const ACTOR = {
  personId: "w1",
  name: "王",
  orgCode: "s1",
  channel: "sandbox",
  platformUserId: "w1",
};
const PLACE = { raw: "南塘家园3幢", addressCode: null, gridCode: "g1", lng: null, lat: null };
const nth = (no: string) => (n: number) => (n === 1 ? no : `${no}-${n}`);
const fixed = (value: unknown) => () => value;

/** Rows as the product wrote them then, where their values have a meaning. */
const GIVEN: Given = {
  "events.no": nth(EVENT),
  "events.status": fixed("handling"),
  "events.kind": fixed("report"),
  "events.category": fixed("env.garbage"),
  "events.platform": fixed("publicService"),
  "events.level": fixed(2),
  "events.urgency": fixed("normal"),
  "events.source": fixed("group"),
  "events.parse": fixed({ by: "rules", promptVersion: null, confidence: 0.9, candidates: [] }),
  "events.demands": fixed([]),
  "event_assignees.event_no": fixed(EVENT),
  "event_assignees.org_code": (n) => `o${n}`,
  "event_assignees.role": (n) => (n === 1 ? "lead" : "support"),
  "event_assignees.ended_at": fixed(null),
  "event_reporters.event_no": fixed(EVENT),
  "event_reporters.conversation_type": fixed("group"),
  "event_reporters.rating": fixed(5),
  "event_steps.event_no": fixed(EVENT),
  "event_steps.action": fixed("report"),
  "event_steps.from": fixed("pendingAccept"),
  "event_steps.to": fixed("accepted"),
  "event_steps.actor": fixed(ACTOR),
  "obligations.subject_type": fixed("event"),
  "obligations.subject_no": fixed(EVENT),
  "obligations.duty": (n) => (n === 1 ? "complete" : "feedback"),
  "obligations.policy": fixed({ version: "1", limit: { workdays: 5 }, ladder: "usual" }),
  "obligations.fulfilled_at": fixed(null),
  "obligations.canceled_at": fixed(null),
  "call_tickets.no": nth(CALL),
  "call_tickets.status": fixed("dispatched"),
  "call_tickets.call_type": fixed("planned"),
  "call_tickets.place": fixed(PLACE),
  "call_tickets.report_place": fixed(PLACE),
  "call_tickets.approval": fixed({ by: ACTOR, at: "2026-01-01T01:00:00Z" }),
  "call_tickets.demands": fixed([]),
  "call_tickets.created_by": fixed(ACTOR),
  "call_responses.call_no": fixed(CALL),
  "call_responses.dept_code": (n) => `d${n}`,
  "call_responses.status": fixed("accepted"),
  "call_responses.faults": fixed([]),
  "call_steps.call_no": fixed(CALL),
  "call_steps.action": fixed("dispatch"),
  "call_steps.from": fixed("approved"),
  "call_steps.to": fixed("dispatched"),
  "call_steps.actor": fixed(ACTOR),
  "people.id": (n) => `p${n}`,
  "people.phone": fixed("13812345678"),
  "people.active": fixed(true),
  "inbox.message": fixed({ text: "以前的消息", onBehalfOf: null }),
  "hotline_orders.contact": fixed({ name: "张阿姨", phone: "13800000001" }),
};

let remove: (() => Promise<void>) | null = null;
afterEach(async () => {
  await remove?.();
  remove = null;
});

const tags = migrationTags();
describe.each(["0005_phone_pages", tags.at(-2) ?? ""])("a database of %s", (tag) => {
  it("keeps every row on the way to the newest schema, and the product reads them", async () => {
    const old = await databaseAt(tag);
    ({ remove } = old);
    const { database } = old;
    const before = await fillEveryTable(database, 3, GIVEN);
    expect(Object.values(before).every((count) => count > 0)).toBe(true);

    await old.toNewest();
    expect(await isMigrated(database)).toBe(true);
    const after = await countRows(database);
    for (const [table, count] of Object.entries(before))
      expect([table, after[table]]).toEqual([table, count]);

    const event = await findEvent(database, EVENT);
    expect(event?.state).toMatchObject({ status: "handling", level: 2, category: "env.garbage" });
    expect(event?.state.assignees.map(({ orgCode }) => orgCode)).toContain("o1");
    expect(event?.reporters).toHaveLength(3);
    expect(await stepsOf(database, EVENT)).toMatchObject([{ actor: ACTOR }, {}, {}]);
    expect((await openObligationsOf(database, EVENT)).map(({ duty }) => duty).sort()).toEqual([
      "complete",
      "feedback",
      "feedback",
    ]);
    const call = await findCall(database, CALL);
    expect(call?.state).toMatchObject({ status: "dispatched", place: PLACE });
    expect(call?.responses.map(({ deptCode }) => deptCode)).toEqual(["d1", "d2", "d3"]);
    expect(await callStepsOf(database, CALL)).toHaveLength(3);

    // Numbers of then are read as they are, and encrypted where somebody asks for it.
    expect((await findPersonById(database, "p1"))?.phone).toBe("13812345678");
    await rekeyContacts(database, 100);
    const [stored] = await database.rows<{ phone: string }>(
      sql`select phone from people where id = 'p1'`,
    );
    expect(stored?.phone).toMatch(/^enc:v1:test:/);
    expect((await findPersonById(database, "p1"))?.phone).toBe("13812345678");
  });
});
