import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../db/client.ts";
import { insertObligations } from "../../db/queries/obligations.ts";
import { makeCalendar } from "../../services/calendar.ts";
import { nextWorkday } from "../../services/domain/calendar.ts";
import { addDays, isoLocal, localDay } from "../../services/domain/time.ts";
import { insertPlainEvent } from "../support/duties.ts";
import {
  eventually,
  type ProductHome,
  productHome,
  type RunningProduct,
  startProduct,
} from "../support/product.ts";

/** More than one batch of a sweep, so that both instances have some in hand. */
const DUTIES = 1200;
/** The product's clock only goes forward: a working day some time ahead. */
const DAY = nextWorkday(makeCalendar(), addDays(localDay(new Date()), 14));
const moment = (spoken: string) => new Date(`${DAY}T${spoken}:00+08:00`);
const DUTY = {
  subjectType: "event",
  duty: "accept",
  ownerOrg: "SLQ-WC",
  ownerPerson: null,
  natural: false,
  openedAt: moment("08:30"),
  dueAt: moment("11:00"),
  // its yellow card, at three quarters
  nextReminderAt: new Date(moment("10:22").getTime() + 30_000),
  policy: { version: "test", limit: { workMinutes: 150 }, ladder: "standard" },
} as const;
const onPostgres = process.env.TEST_ENGINE === "postgres";
if (!onPostgres)
  console.info("killed-mid-sweep: skipped, the embedded database belongs to one process");

describe.skipIf(!onPostgres)("two instances that remind, one of them killed in the middle", () => {
  let home: ProductHome;
  let database: Database;
  let first: RunningProduct;
  let second: RunningProduct;
  let release = (): void => {};

  beforeAll(async () => {
    home = await productHome();
    const env = { ...home.env, SANDBOX: "1" };
    first = await startProduct(env);
    second = await startProduct(env);
    database = await openDatabase(home.env.DATABASE_URL ?? "", "main");
    await first.api("/sandbox/clock", { now: isoLocal(moment("10:00")) });
  });
  afterAll(async () => {
    release();
    await first?.stop();
    await second?.kill();
    await database?.close();
    await home?.remove();
  });

  it("say each reminder exactly once", async () => {
    const no = await insertPlainEvent(database);
    await insertObligations(
      database,
      Array.from({ length: DUTIES }, () => ({ ...DUTY, subjectNo: no })),
    );
    // Nobody can write what is to be said: both sweeps stand still with their duties in hand.
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holding = database.transaction(async (tx) => {
      await tx.orm.execute(sql`lock table outbox in share mode`);
      await held;
    });
    const advance = (product: RunningProduct, by: string) =>
      product.api("/sandbox/clock", { advance: by }).catch(() => null);
    const sweeps = [advance(first, "PT24M")];
    await eventually(async () => ((await sweepsStandingStill()) >= 1 ? true : null), 30_000);
    sweeps.push(advance(second, "PT1M"));
    await eventually(async () => ((await sweepsStandingStill()) >= 2 ? true : null), 30_000);
    await second.kill();
    release();
    await holding;
    await Promise.all(sweeps);
    await first.api("/sandbox/clock", { advance: "PT1M" });

    const said = await remindersSaid();
    expect(said).toHaveLength(DUTIES);
    expect(new Set(said).size).toBe(DUTIES);
  });

  async function sweepsStandingStill(): Promise<number> {
    const [row] = await database.rows<{ count: number }>(sql`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query ilike 'insert into "outbox"%'`);
    return row?.count ?? 0;
  }

  const remindersSaid = async (): Promise<string[]> =>
    (
      await database.rows<{ said: string }>(sql`
        select item ->> 'obligationId' || ' ' || (item ->> 'step') as said
        from outbox, jsonb_array_elements(body #> '{params,items}') as item
        where body ->> 'kind' = 'reminders'`)
    ).map(({ said }) => said);
});
