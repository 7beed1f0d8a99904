import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../db/client.ts";
import { newId } from "../../../db/queries/ids.ts";
import { endObligations, openObligationsOf } from "../../../db/queries/obligations.ts";
import type { OutboxRow } from "../../../db/queries/outbox.ts";
import { loadSampleDistrict } from "../../../db/registry/sample-district.ts";
import { eventAssignees } from "../../../db/schema/index.ts";
import { makeCalendar } from "../../../services/calendar.ts";
import { DEFAULT_POLICY } from "../../../services/domain/policy.ts";
import type { ReminderItem } from "../../../services/domain/reminder-item.ts";
import { remindersLateSeconds } from "../../../services/reminders-late.ts";
import { announceCalendarEnd } from "../../../services/workflows/announce-calendar-end.ts";
import { deliverOutbox } from "../../../services/workflows/deliver-outbox.ts";
import type { Office } from "../../../services/workflows/office.ts";
import { sweepReminders } from "../../../services/workflows/remind.ts";
import { fixedClock } from "../../support/clock.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";
import { insertDuty, insertPlainEvent } from "../../support/duties.ts";

let database: Database;
let office: Office;
let clock: ReturnType<typeof fixedClock>;

beforeAll(async () => {
  ({ database } = await testDatabase());
});
beforeEach(async () => {
  await emptyDatabase(database);
  clock = fixedClock("2026-11-25T10:30:00+08:00");
  await loadSampleDistrict(database, clock.now());
  office = {
    clock,
    calendar: makeCalendar(),
    policy: DEFAULT_POLICY,
    channels: new Set(["sandbox"]),
  };
});
afterAll(() => database.close());

async function sweep() {
  const failed: { no: string; error: unknown }[] = [];
  const gaps: string[] = [];
  const swept = await sweepReminders(database, office, {
    failed: (no, error) => failed.push({ no, error }),
    gap: ({ missing, orgCode }) => gaps.push(`${missing} of ${orgCode}`),
  });
  return { swept, failed, gaps };
}

/** Sends everything; `each` happens before a message leaves the channel. */
async function deliver(each: (row: OutboxRow) => Promise<void> = async () => {}) {
  const sent: OutboxRow[] = [];
  const send = async (row: OutboxRow) => {
    await each(row);
    sent.push(row);
    return { outcome: "sent" as const, platformMessageId: null };
  };
  while ((await deliverOutbox(database, office, ["sandbox"], send)) > 0);
  return sent;
}

const itemsOf = (row: OutboxRow | undefined) => (row?.body.params.items ?? []) as ReminderItem[];
const nosIn = (rows: readonly OutboxRow[]) =>
  rows.flatMap((row) => itemsOf(row).map((item) => item.subject.no)).sort();
const wrote = async () =>
  database.rows<{ status: string; items: number }>(sql`
    select status, jsonb_array_length(body #> '{params,items}') as items from outbox order by id`);

async function duty(no: string) {
  const [row] = await openObligationsOf(database, no);
  if (row === undefined) throw new Error(`nothing is owed on ${no}`);
  return row;
}

describe("the sweep", () => {
  it("says each reminder once, however many sweep at once", async () => {
    const nos: string[] = [];
    for (let count = 0; count < 40; count++) nos.push((await insertDuty(database)).no);
    await Promise.all([sweep(), sweep(), sweep(), sweep()]);
    await sweep();
    expect(nosIn(await deliver())).toEqual([...nos].sort());
    for (const no of nos) expect((await duty(no)).step).toBe(2);
  });

  it("asks the next in line to verify what the grid worker dealt with alone", async () => {
    const no = await insertPlainEvent(database, { status: "completed", selfHandled: true });
    const handler = "hebin1-worker";
    await database.orm.insert(eventAssignees).values({
      site: database.site,
      id: newId(),
      eventNo: no,
      orgCode: "SLQ-WC-HB",
      personId: handler,
      role: "lead",
      assignedAt: clock.now(),
      signedAt: clock.now(),
    });
    await insertDuty(database, {
      subjectNo: no,
      duty: "verify",
      ownerOrg: "SLQ-WC-HB",
      ownerPerson: handler,
    });
    await sweep();
    const told = (await deliver()).map((row) => row.to.platformUserId);
    expect(told).toContain("hebin-leader-1");
    expect(told).not.toContain(handler);
  });

  it("sends one receiver one digest", async () => {
    await insertDuty(database);
    await insertDuty(database);
    await insertDuty(database, { ownerOrg: "SLQ-LA" });
    await sweep();
    const sent = await deliver();
    const letters = sent.map((row) => `${row.to.conversationId}: ${itemsOf(row).length}`);
    expect(letters.sort()).toEqual(["liuan-work: 1", "wangchao-work: 2"]);
  });

  it("plans what comes next with what it says", async () => {
    const { no } = await insertDuty(database);
    await sweep();
    expect((await duty(no)).nextReminderAt).toEqual(new Date("2026-11-25T11:00:00+08:00"));
    expect(await sweep()).toMatchObject({ swept: 0 });
  });

  it("is not stopped by a duty that cannot be worded, and comes back to it", async () => {
    const lost = await insertDuty(database, { subjectNo: "SJ20200101-9999" });
    const { no } = await insertDuty(database);
    const { failed } = await sweep();
    expect(failed).toMatchObject([{ no: lost.no, error: { message: /not in the database/ } }]);
    expect(nosIn(await deliver())).toEqual([no]);
    expect(await duty(lost.no)).toMatchObject({
      step: 0,
      nextReminderAt: new Date("2026-11-25T11:00:00+08:00"),
    });
    const audit = await database.rows<{ action: string; outcome: string }>(
      sql`select action, outcome from audit where subject_no = ${lost.no}`,
    );
    expect(audit).toEqual([{ action: "remind:accept", outcome: "refused" }]);
  });

  it("is not stopped by a row the database refuses", async () => {
    const nos: string[] = [];
    for (let count = 0; count < 7; count++) nos.push((await insertDuty(database)).no);
    const [bad = ""] = nos.splice(3, 1);
    await database.orm.execute(
      sql.raw(
        `alter table obligations add constraint refused check (subject_no <> '${bad}' or step = 0)`,
      ),
    );
    try {
      const { failed } = await sweep();
      expect(failed.map((one) => one.no)).toEqual([bad]);
      expect(nosIn(await deliver())).toEqual([...nos].sort());
    } finally {
      await database.orm.execute(sql`alter table obligations drop constraint refused`);
    }
  });

  it("plans duties that were written without a reminder, and says what fell due meanwhile", async () => {
    const { no } = await insertDuty(database, { nextReminderAt: null });
    await sweep();
    expect(nosIn(await deliver())).toEqual([no]);
  });

  it("puts off what falls due on a day off, without saying it", async () => {
    const { no } = await insertDuty(database);
    clock.advance({ days: 3 });
    await sweep();
    expect(await deliver()).toEqual([]);
    expect(await duty(no)).toMatchObject({
      step: 0,
      nextReminderAt: new Date("2026-11-30T07:00:00+08:00"),
    });
  });

  it("tells once who keeps the registry that nobody is there to be reminded", async () => {
    await database.orm.execute(
      sql`update people set active = false where 'supervisor' = any(roles) or org_code = 'SLQ-WC-HWS'`,
    );
    await insertDuty(database, { ownerOrg: "SLQ-WC-HWS", duty: "sign" });
    clock.advance({ days: 5 });
    expect((await sweep()).gaps.sort()).toEqual(["owner of SLQ-WC-HWS", "supervisor of SLQ"]);
    const first = (await deliver()).filter((row) => row.body.kind === "reminderGap");
    expect(
      first.map((row) => `${row.to.platformUserId} ${row.body.params.missing}`).sort(),
    ).toEqual([
      "district-admin owner",
      "district-admin supervisor",
      "district-dispatcher-1 owner",
      "district-dispatcher-1 supervisor",
      "district-dispatcher-2 owner",
      "district-dispatcher-2 supervisor",
    ]);
    clock.advance({ hours: 24 });
    expect((await sweep()).gaps).toHaveLength(2);
    const second = await deliver();
    expect(second.filter((row) => row.body.kind === "reminderGap")).toEqual([]);
  });
});

describe("a digest that waits", () => {
  it("leaves out what is fulfilled before it goes out", async () => {
    const done = await insertDuty(database);
    const { no } = await insertDuty(database);
    await sweep();
    await endObligations(database, [done.id], "fulfilled", clock.now());
    expect(nosIn(await deliver())).toEqual([no]);
    expect(await wrote()).toEqual([{ status: "sent", items: 1 }]);
  });

  it("is dropped when nothing of it is owed any more", async () => {
    const done = await insertDuty(database);
    await sweep();
    await endObligations(database, [done.id], "canceled", clock.now());
    expect(await deliver()).toEqual([]);
    expect(await wrote()).toMatchObject([{ status: "dropped" }]);
  });

  it("leaves out what is fulfilled although it was claimed already", async () => {
    const first = await insertDuty(database);
    await sweep();
    clock.advance({ minutes: 1 });
    const second = await insertDuty(database);
    await sweep();
    // Both messages are claimed in one batch; while the first is sent, the second becomes idle.
    const sent = await deliver(() =>
      endObligations(database, [second.id], "fulfilled", clock.now()),
    );
    expect(nosIn(sent)).toEqual([first.no]);
  });

  it("takes in what another sweep of the same minute says to the same receiver", async () => {
    await insertDuty(database);
    await sweep();
    await insertDuty(database);
    await sweep();
    expect((await deliver()).map((row) => itemsOf(row).length)).toEqual([2]);
    await insertDuty(database);
    await sweep();
    expect((await deliver()).map((row) => itemsOf(row).length)).toEqual([1]);
  });

  it("waits for the morning when the channel was away until night; emergencies go on", async () => {
    const { no } = await insertDuty(database);
    const fire = await insertPlainEvent(database, { urgency: "critical" });
    await insertDuty(database, { subjectNo: fire, natural: true, urgent: true });
    await sweep();
    clock.advance({ hours: 13 });
    expect(nosIn(await deliver())).toEqual([fire]);
    expect(await deliver()).toEqual([]);
    clock.advance({ hours: 7.5 });
    expect(nosIn(await deliver())).toEqual([no]);
  });
});

describe("the watch over the clock", () => {
  it("tells how late the longest waiting reminder is", async () => {
    await insertDuty(database);
    expect(await remindersLateSeconds(database, clock.now())).toBe(0);
    clock.advance({ minutes: 25 });
    expect(await remindersLateSeconds(database, clock.now())).toBe(1500);
    await sweep();
    expect(await remindersLateSeconds(database, clock.now())).toBe(0);
  });

  it("announces the end of the calendar from 60 days before, once a week", async () => {
    const announce = () =>
      database.transaction((tx) => announceCalendarEnd(tx, office, () => 2026));
    clock = fixedClock("2026-11-01T09:00:00+08:00");
    office = { ...office, clock };
    expect(await announce()).toBe(false);
    clock.advance({ days: 2 });
    expect(await announce()).toBe(true);
    expect(await announce()).toBe(true);
    const sent = await deliver();
    expect(sent.map((row) => row.to.platformUserId).sort()).toEqual([
      "district-admin",
      "district-dispatcher-1",
      "district-dispatcher-2",
    ]);
    clock.advance({ days: 7 });
    await announce();
    expect(await deliver()).toHaveLength(3);
  });

  it("announces it once for what waits over night or a week's end, whose week begins on Monday", async () => {
    const announceAt = (moment: string) => {
      office = { ...office, clock: fixedClock(moment) };
      return database.transaction((tx) => announceCalendarEnd(tx, office, () => 2026));
    };
    const rows = async () =>
      (
        await database.rows<{ at: string }>(sql`
        select distinct to_char(not_before at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as at
        from outbox order by at`)
      ).map(({ at }) => at);
    // Wednesday and Thursday morning, on either side of where the weeks of 1970 turn.
    await announceAt("2026-11-25T23:00:00+08:00");
    await announceAt("2026-11-26T07:59:00+08:00");
    await announceAt("2026-11-26T08:01:00+08:00");
    expect(await rows()).toEqual(["11-26 07:00"]);
    // Friday night and Sunday night are both said on Monday morning, as is what Monday brings.
    await announceAt("2026-11-27T23:00:00+08:00");
    await announceAt("2026-11-29T23:30:00+08:00");
    await announceAt("2026-11-30T09:00:00+08:00");
    expect(await rows()).toEqual(["11-26 07:00", "11-30 07:00"]);
  });

  it("is content where calendar.csv looks after the next year", async () => {
    await database.orm.execute(
      sql`insert into calendar_days (site, date, kind) values (${database.site}, '2027-01-01', 'holiday')`,
    );
    expect(await database.transaction((tx) => announceCalendarEnd(tx, office, () => 2026))).toBe(
      false,
    );
  });
});
