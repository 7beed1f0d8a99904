import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openObligationsOf } from "../../db/queries/obligations.ts";
import { policyVersionsOf } from "../../db/queries/rules.ts";
import { importRegistry } from "../../db/registry/import-registry.ts";
import { type DistrictRules, openDistrictRules } from "../../services/district-rules.ts";
import { DEFAULT_POLICY } from "../../services/domain/policy.ts";
import { openOffice } from "../../services/workflows/office.ts";
import { recountDeadlines } from "../../services/workflows/recount-deadlines.ts";
import { type Chat, openChat } from "../support/chat.ts";
import { bring, GROUP, HANDLER, heard, inPrivate, owed, reported, WORK } from "./town.ts";

let chat: Chat;
let rules: DistrictRules;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(async () => {
  await chat.fresh();
  // A district that may be imported into: the made-up one never is once something happened in it.
  await chat.database.orm.execute(sql`update sites set sample = false`);
  rules = await openDistrictRules(chat.database, chat.clock, DEFAULT_POLICY);
  const office = openOffice(chat.clock, rules, chat.office.channels);
  Object.defineProperties(chat.office, Object.getOwnPropertyDescriptors(office));
  await recounted();
});
afterAll(() => chat.close());

const recounted = () => recountDeadlines(chat.database, chat.office, rules.calendar());

/** The district imports some of its files anew. */
async function imports(files: Record<string, readonly string[]>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "yihu-rules-"));
  for (const [name, lines] of Object.entries(files))
    writeFileSync(join(folder, name), lines.join("\n"));
  const outcome = await importRegistry(chat.database, folder, {
    now: chat.clock.now(),
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  await rules.refresh();
}
const holiday = { "calendar.csv": ["date,kind", "2026-11-30,holiday"] };

describe("when the calendar changes", () => {
  it("open deadlines move with it, once, and their owners are told", async () => {
    const no = await reported(chat);
    await bring(chat, no, "handling");
    const before = (await openObligationsOf(chat.database, no)).map(
      ({ nextReminderAt }) => nextReminderAt,
    );
    await imports(holiday);
    expect(await recounted()).toBeGreaterThan(0);
    expect(await owed(chat, no)).toEqual([`complete ${HANDLER} 12月3日17:30`]);
    expect((await chat.event(no)).row.dueAt).toEqual(new Date("2026-12-03T17:30:00+08:00"));
    const after = (await openObligationsOf(chat.database, no)).map(
      ({ nextReminderAt }) => nextReminderAt,
    );
    expect(after).not.toEqual(before);
    expect(await recounted()).toBe(0);

    expect(heard(await chat.settle(), inPrivate(HANDLER))).toContain(
      `【期限有变】节假日或上班时间调整,下面的期限已重新计算:\n${no} 办结:12月3日17:30`,
    );
    const history = await chat.say(HANDLER, inPrivate(HANDLER), `流程 ${no}`);
    expect(heard(history, inPrivate(HANDLER))).toContain(
      "期限重算(系统):日历有变:办结 12月2日17:30 → 12月3日17:30",
    );
  });

  it("what is done, and what runs in natural time, stays as it was", async () => {
    const done = await reported(chat);
    await bring(chat, done, "closed");
    const dueAt = (await chat.event(done)).row.dueAt;
    const danger = /SJ\d{8}-\d{4}/.exec(
      heard(await chat.say("li", GROUP, "学院公寓3幢着火了"), WORK),
    )?.[0];
    const before = await owed(chat, danger ?? "");
    await imports(holiday);
    await recounted();
    expect((await chat.event(done)).row.dueAt).toEqual(dueAt);
    expect(await owed(chat, danger ?? "")).toEqual(before);
  });

  it("a call's limits move too, but not the time it meets at", async () => {
    await chat.say(
      "wangchao-officer-1",
      "private:wangchao-officer-1",
      "发起街呼区应 滨河路夜市占道油烟反复整治 要综合执法 市场监管 明天下午3点滨河路解放街口集合",
    );
    const [call] = await chat.database.rows<{ no: string }>(sql`select no from call_tickets`);
    const no = call?.no ?? "";
    await chat.say("wangchao-principal", "private:wangchao-principal", `签批同意 ${no}`);
    await chat.say(
      "district-dispatcher-1",
      "private:district-dispatcher-1",
      `派遣 ${no} 综合执法2人 市场监管2人 11月26日15:00 滨河路解放街口`,
    );
    const arrivals = async () => (await owed(chat, no)).filter((line) => line.startsWith("arrive"));
    const meeting = await arrivals();
    await imports({ "calendar.csv": ["date,kind", "2026-11-25,holiday"] });
    await recounted();
    const [row] = await chat.database.rows<{ by: Date }>(
      sql`select respond_by as by from call_responses limit 1`,
    );
    expect(new Date(row?.by ?? 0)).toEqual(new Date("2026-11-26T10:30:00+08:00"));
    expect(await arrivals()).toEqual(meeting);
  });

  it("of several instances one counts anew", async () => {
    const no = await reported(chat);
    await bring(chat, no, "handling");
    await imports(holiday);
    const counts = await Promise.all([recounted(), recounted(), recounted()]);
    expect(counts.filter((count) => count > 0)).toHaveLength(1);
    expect((await chat.steps(no)).filter((action) => action === "recount")).toHaveLength(1);
  });
});

describe("when the limits change", () => {
  it("what is open keeps the old ones, what begins afterwards has the new", async () => {
    const before = await reported(chat);
    const old = await owed(chat, before);
    chat.clock.advance({ minutes: 30 });
    await imports({ "limits.csv": ["name,amount,unit", "normal.accept,240,workMinutes"] });
    const after = await reported(chat, "滨河路路灯坏了两盏");
    expect(await owed(chat, before)).toEqual(old);
    expect(await owed(chat, after)).toEqual(["accept SLQ-WC 11月25日15:30"]);
    const [duty] = await openObligationsOf(chat.database, after);
    const [latest, ...earlier] = await policyVersionsOf(chat.database);
    expect(duty?.policy.version).toBe(latest?.version);
    expect(latest?.limits["normal.accept"]).toEqual({ workMinutes: 240 });
    expect(earlier.map(({ version }) => version)).toEqual([DEFAULT_POLICY.version]);
  });
});
