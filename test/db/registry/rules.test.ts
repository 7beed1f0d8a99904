import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { importRegistry } from "../../../db/registry/import-registry.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";
import { smallDistrict } from "./small-district.ts";

const { database } = await testDatabase();
beforeEach(() => emptyDatabase(database));
afterAll(() => database.close());

const NOW = new Date("2026-11-23T01:00:00Z");
async function complaints(files: Record<string, readonly string[]>): Promise<string[]> {
  const outcome = await importRegistry(database, smallDistrict(files), { now: NOW });
  return outcome.ok
    ? []
    : outcome.problems.map(({ file, line, column, what }) => `${file}:${line} ${column}: ${what}`);
}

describe("the rules of a district", () => {
  const hours = (...rows: string[]) => ({ "working-hours.csv": ["part,opens,closes", ...rows] });
  const limits = (...rows: string[]) => ({ "limits.csv": ["name,amount,unit", ...rows] });
  const services = (...rows: string[]) => ({
    "service-items.csv": [
      "code,name,aliases,conditions,materials,window,hours,phone,source",
      ...rows,
    ],
  });
  const leave = (...rows: string[]) => ({
    "deputies.csv": ["person_id,deputy_id,first_day,last_day", ...rows],
  });

  it.each([
    [
      hours("morning,12:00,08:30"),
      "working-hours.csv:2 closes: is not after opens. Correct one of them.",
    ],
    [
      hours("morning,08:30,14:30"),
      "working-hours.csv:2 closes: the morning ends after the afternoon begins. Correct one of them.",
    ],
    [
      hours("morning,8:30,12:00"),
      'working-hours.csv:2 opens: "8:30" is no time such as 08:30. Correct it.',
    ],
    [
      limits("normal.finish,2,workdays"),
      /^limits.csv:2 name: "normal.finish" is not allowed. Write one of: /,
    ],
    [limits("verify,0,workdays"), /^limits.csv:2 amount: "0" is no whole number from 1/],
    [
      services("F1,居住证,,住满半年,身份证,2号窗口,工作日,,"),
      "service-items.csv:2 source: is empty. Fill it in.",
    ],
    [
      services("F1,居住证,证;,住满半年,身份证,2号窗口,工作日,,指南"),
      /aliases: "证;" has an empty entry/,
    ],
    [leave("worker,worker,2026-11-25,2026-11-26"), /deputy_id: is the person themselves/],
    [leave("worker,dispatcher,2026-11-26,2026-11-25"), /last_day: is before first_day/],
    [leave("worker,nobody,2026-11-25,2026-11-26"), /deputy_id: "nobody" is not known/],
  ])("are refused with what to do: %o", async (files, complaint) => {
    expect(await complaints(files as never)).toEqual([
      typeof complaint === "string" ? complaint : expect.stringMatching(complaint),
    ]);
  });

  it("judge half a day beside what is there already", async () => {
    expect(await complaints(hours("morning,09:00,12:30", "afternoon,13:30,18:00"))).toEqual([]);
    expect(await complaints(hours("morning,09:00,13:00"))).toEqual([]);
    expect(await complaints(hours("morning,09:00,13:45"))).toHaveLength(1);
  });

  it("let people go who once stood on the roster", async () => {
    const roster = { "duty-roster.csv": ["date,org_code,person_id", "2026-11-20,C,worker"] };
    expect(await complaints(roster)).toEqual([]);
    const fewer = smallDistrict({
      "people.csv": [
        "id,name,org_code,roles,grid_codes,phone,dingtalk_user_id",
        "dispatcher,乙,S,dispatcher;streetOfficer,,,ding-2",
      ],
    });
    expect(await importRegistry(database, fewer, { now: NOW, prune: true })).toMatchObject({
      ok: true,
    });
  });
});
