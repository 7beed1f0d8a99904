import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "../../db/client.ts";
import { openProductClock, type ProductClock } from "../../services/product-clock.ts";
import { emptyDatabase, testDatabase } from "../support/database.ts";

const HOUR_MS = 3_600_000;

describe("the product's clock", () => {
  let database: Database;
  const opened: ProductClock[] = [];
  let real = new Date("2026-11-23T01:00:00Z");
  const realTime = { now: () => real };

  const open = async () => {
    const clock = await openProductClock(database, realTime);
    opened.push(clock);
    return clock;
  };

  beforeAll(async () => {
    database = (await testDatabase()).database;
  });
  beforeEach(async () => {
    await emptyDatabase(database);
    real = new Date("2026-11-23T01:00:00Z");
  });
  afterEach(() => {
    for (const clock of opened.splice(0)) clock.stop();
  });
  afterAll(() => database.close());

  it("is real time until somebody moves it, and goes on ticking afterwards", async () => {
    const clock = await open();
    expect(clock.now()).toEqual(real);

    expect(await clock.advance(2 * HOUR_MS)).toEqual({
      ok: true,
      now: new Date("2026-11-23T03:00:00Z"),
    });
    real = new Date(real.getTime() + 5000);
    expect(clock.now()).toEqual(new Date("2026-11-23T03:00:05Z"));
  });

  it("is set to a later moment", async () => {
    const clock = await open();
    const move = await clock.moveTo(new Date("2026-11-30T09:00:00+08:00"));
    expect(move).toEqual({ ok: true, now: new Date("2026-11-30T01:00:00Z") });
  });

  it("never goes back, and says what time it is", async () => {
    const clock = await open();
    await clock.moveTo(new Date("2026-11-30T01:00:00Z"));
    const refused = { ok: false, code: "backward", now: new Date("2026-11-30T01:00:00Z") };
    expect(await clock.moveTo(new Date("2026-11-29T01:00:00Z"))).toEqual(refused);
    expect(await clock.moveTo(new Date("2020-01-01T00:00:00Z"))).toEqual(refused);
    expect(await clock.advance(-1)).toEqual(refused);
  });

  it("takes the present second, as it is told to the second, for no way back", async () => {
    const clock = await open();
    real = new Date(real.getTime() + 700);
    expect((await clock.moveTo(new Date("2026-11-23T01:00:00Z"))).ok).toBe(true);
    expect(clock.now()).toEqual(real);
  });

  it("stops short of a year that nothing else can hold", async () => {
    const clock = await open();
    expect(await clock.advance(1e15)).toMatchObject({ ok: false, code: "tooFar" });
    expect(await clock.moveTo(new Date("2150-01-01T00:00:00Z"))).toMatchObject({ code: "tooFar" });
    expect(clock.now()).toEqual(real);
  });

  it("survives a restart", async () => {
    await (await open()).advance(HOUR_MS);
    expect((await open()).now()).toEqual(new Date("2026-11-23T02:00:00Z"));
  });

  it("counts every move when two instances move it at once", async () => {
    const [one, other] = [await open(), await open()];
    await Promise.all(
      [one, other].flatMap((clock) => Array.from({ length: 5 }, () => clock.advance(HOUR_MS))),
    );
    await one.refresh();
    expect(one.now()).toEqual(new Date("2026-11-23T11:00:00Z"));
  });

  it("follows another instance by itself within half a second", async () => {
    const [one, other] = [await open(), await open()];
    await one.advance(HOUR_MS);
    await vi.waitFor(() => expect(other.now()).toEqual(one.now()), { timeout: 1000, interval: 20 });
  });

  it("refuses by what another instance did, though it has not heard of it yet", async () => {
    const [one, other] = [await open(), await open()];
    await one.moveTo(new Date("2026-12-01T00:00:00Z"));
    expect(await other.moveTo(new Date("2026-11-25T00:00:00Z"))).toMatchObject({
      ok: false,
      code: "backward",
    });
    expect(other.now()).toEqual(new Date("2026-12-01T00:00:00Z"));
  });
});
