import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../db/client.ts";
import { claimMessages, insertMessages } from "../../../db/queries/inbox.ts";
import { loadSampleDistrict } from "../../../db/registry/sample-district.ts";
import { makeCalendar } from "../../../services/calendar.ts";
import { DEFAULT_POLICY } from "../../../services/domain/policy.ts";
import type { Office } from "../../../services/workflows/office.ts";
import { sweepReminders } from "../../../services/workflows/remind.ts";
import { fixedClock } from "../../support/clock.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";
import { insertDuty } from "../../support/duties.ts";

// The sandbox's clock never goes back; that of a machine does, when somebody corrects it.
describe("a clock that jumps", () => {
  const clock = fixedClock("2026-11-25T10:30:00+08:00");
  const office: Office = {
    clock,
    calendar: makeCalendar(),
    policy: DEFAULT_POLICY,
    channels: new Set(["sandbox"]),
  };
  let database: Database;
  beforeAll(async () => {
    ({ database } = await testDatabase());
  });
  beforeEach(async () => {
    clock.reset();
    await emptyDatabase(database);
    await loadSampleDistrict(database, clock.now());
  });
  afterAll(() => database.close());

  const sweep = () =>
    sweepReminders(database, office, {
      failed(no, error) {
        throw new Error(`no reminder of ${no}`, { cause: error });
      },
      gap() {},
    });
  const said = async () =>
    (
      await database.rows<{ kind: string }>(sql`
        select item ->> 'kind' as kind
        from outbox, jsonb_array_elements(body #> '{params,items}') as item
        where body ->> 'kind' = 'reminders' and address = 'sandbox|wangchao-work' order by id`)
    ).map(({ kind }) => kind);

  it("back an hour and on again says nothing twice, a day ahead only the strongest", async () => {
    await insertDuty(database);
    await sweep();
    expect(await said()).toEqual(["yellowCard"]);
    clock.advance({ hours: -1 });
    await sweep();
    clock.advance({ hours: 1 });
    await sweep();
    expect(await said()).toEqual(["yellowCard"]);
    clock.advance({ days: 1 });
    await sweep();
    expect(await said()).toEqual(["yellowCard", "redCard"]);
    clock.advance({ hours: -1 });
    await sweep();
    expect(await said()).toEqual(["yellowCard", "redCard"]);
  });

  it("back an hour leaves no message to wait for the lease of a dead process", async () => {
    const sentAt = clock.now();
    await insertMessages(database, [
      {
        receivedAt: sentAt,
        message: {
          channel: "sandbox",
          dedupeKey: "m1",
          conversation: { id: "nantang-3", type: "group", title: null },
          sender: { platformUserId: "auntie-li", nick: null },
          sentAt,
          text: "垃圾桶满了",
          attachments: [],
          location: null,
          reply: null,
          unsupported: null,
          source: null,
          onBehalfOf: null,
          placeHint: null,
        },
      },
    ]);
    const claim = () => claimMessages(database, clock.now(), 20_000, 16);
    expect(await claim()).toHaveLength(1);
    expect(await claim()).toHaveLength(0);
    clock.advance({ hours: -1 });
    expect(await claim()).toHaveLength(1);
    expect(await claim()).toHaveLength(0);
  });
});
