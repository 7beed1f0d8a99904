import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkCalendar } from "../../../services/doctor/calendar.ts";
import { checkDataFolder } from "../../../services/doctor/data-folder.ts";
import { checkExposure } from "../../../services/doctor/exposure.ts";
import { told } from "../../../services/doctor/finding.ts";
import { checkSettings } from "../../../services/doctor/settings.ts";

describe("the doctor on settings", () => {
  it("says in one line what the product would run with", () => {
    const { config, findings } = checkSettings({});
    expect(config).not.toBeNull();
    expect(findings.map(told)).toEqual([
      "✓ settings: embedded database, no DingTalk, no model, sandbox on, roles api bot jobs",
    ]);
  });

  it("lists each problem with its remedy", () => {
    const { config, findings } = checkSettings({ PORT: "x", OPENAI_MODEL: "m" });
    expect(config).toBeNull();
    expect(findings.map(told)).toEqual([
      "✗ settings: PORT must be a whole number from 0 to 65535\n  → Correct it, or remove it for 3000.",
      expect.stringMatching(
        /^✗ settings: OPENAI_BASE_URL is missing\n {2}→ .*Set both, or neither\.$/,
      ),
    ]);
  });
});

describe("the doctor on the data folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "yihu-doctor-"));
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });

  it("finds it writable and leaves nothing in it", async () => {
    expect(await checkDataFolder(folder)).toMatchObject({ verdict: "ok" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is content with one that the first start will make", async () => {
    const finding = await checkDataFolder(join(folder, "later"));
    expect(finding).toMatchObject({ verdict: "ok", text: expect.stringContaining("first start") });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses one that lies nowhere", async () => {
    expect(await checkDataFolder(join(folder, "no", "such", "place"))).toMatchObject({
      verdict: "failed",
      advice: expect.stringContaining("DATA_DIR"),
    });
  });

  it("refuses a file in its place", async () => {
    expect(await checkDataFolder("package.json")).toMatchObject({ verdict: "failed" });
  });
});

describe("the doctor on the calendar", () => {
  const known2026 = () => 2026;

  it("is content while the end of what is known is far", () => {
    expect(checkCalendar(new Date("2026-10-01T09:00:00+08:00"), [], known2026)).toMatchObject({
      verdict: "ok",
      text: expect.stringContaining("2026"),
    });
  });

  it("warns from 60 days before the end", () => {
    const on = (iso: string) => checkCalendar(new Date(iso), [], known2026).verdict;
    expect(on("2026-11-01T23:59:00+08:00")).toBe("warning");
    expect(on("2026-10-31T23:59:00+08:00")).toBe("ok");
  });

  it("is quiet again once calendar.csv has days of the next year", () => {
    expect(
      checkCalendar(new Date("2026-12-20T09:00:00+08:00"), ["2027-02-05"], known2026),
    ).toMatchObject({ verdict: "ok", text: expect.stringContaining("2027") });
  });

  it("takes no notice of days of a year that is not the next", () => {
    expect(
      checkCalendar(new Date("2026-12-20T09:00:00+08:00"), ["2028-01-01"], known2026).verdict,
    ).toBe("warning");
  });

  it("fails in a year of which nothing is known, by Chinese time", () => {
    expect(checkCalendar(new Date("2026-12-31T16:30:00Z"), [], known2026)).toMatchObject({
      verdict: "failed",
      text: expect.stringContaining("2027"),
    });
  });

  it("knows the years that the package has", () => {
    expect(checkCalendar(new Date("2024-03-01T09:00:00+08:00"), []).verdict).toBe("ok");
    expect(checkCalendar(new Date("2090-03-01T09:00:00+08:00"), []).verdict).toBe("failed");
  });
});

describe("the doctor on the sandbox", () => {
  it.each([
    ["ok", { sandbox: false, host: "0.0.0.0", dingtalk: null }],
    ["ok", { sandbox: true, host: "127.0.0.1", dingtalk: null }],
    ["warning", { sandbox: true, host: "0.0.0.0", dingtalk: null }],
  ] as const)("says %s for %j", (verdict, config) => {
    expect(checkExposure(config).verdict).toBe(verdict);
  });

  it("warns when it stands beside real chats", () => {
    const { config } = checkSettings({
      SANDBOX: "1",
      DINGTALK_CLIENT_ID: "a",
      DINGTALK_CLIENT_SECRET: "b",
    });
    expect(config && checkExposure(config)).toMatchObject({
      verdict: "warning",
      advice: expect.stringContaining("SANDBOX=0"),
    });
  });
});
