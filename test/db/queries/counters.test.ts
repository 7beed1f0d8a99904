import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { takeModelCall } from "../../../db/queries/counters.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";

const { database } = await testDatabase();
beforeEach(() => emptyDatabase(database));
afterAll(() => database.close());

describe("the calls to the model a day", () => {
  const noon = new Date("2026-11-23T12:00:00+08:00");
  const take = (at = noon) => takeModelCall(database, 3, at);

  it("are as many as the setting says, however many ask at once", async () => {
    const taken = await Promise.all(Array.from({ length: 8 }, () => take()));
    expect(taken.filter((may) => may)).toHaveLength(3);
    expect(await take()).toBe(false);
  });

  it("begin anew at midnight in Shanghai", async () => {
    for (let times = 0; times < 4; times++) await take(new Date("2026-11-23T23:59:00+08:00"));
    expect(await take(new Date("2026-11-24T00:01:00+08:00"))).toBe(true);
  });
});
