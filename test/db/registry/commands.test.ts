import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../../db/client.ts";
import { testDatabase } from "../../support/database.ts";
import { SMALL_DISTRICT, smallDistrict, withLines } from "./small-district.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "yihu-command-"));

async function run(command: "import" | "export", args: string[], env: Record<string, string>) {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", `db/registry/${command}-command.ts`, ...args],
    { env: { PATH: process.env.PATH ?? "", ...env } },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

const onPostgres = process.env.TEST_ENGINE === "postgres";

describe.skipIf(onPostgres)("on the embedded database", { timeout: 90_000 }, () => {
  it("imports into a fresh data folder, again without a change, and exports", async () => {
    const data = { DATA_DIR: join(newFolder(), "data") };
    const first = await run("import", [smallDistrict()], data);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/orgs\.csv +5 rows: 5 new, 0 changed, 0 deactivated/);
    const second = await run("import", [smallDistrict()], data);
    expect(second.stdout).toMatch(/: 0 changes\.\n$/);
    const out = newFolder();
    expect(await run("export", [out], data)).toMatchObject({ code: 0 });
    expect(readFileSync(join(out, "orgs.csv"), "utf8").split("\r\n").sort()).toEqual(
      ["", ...SMALL_DISTRICT["orgs.csv"]].sort(),
    );
  });

  it("lists bad rows on stderr and exits 1", async () => {
    const bad = smallDistrict(withLines("grids.csv", "G2,二,NOWHERE,1,ordinary,,,"));
    const { code, stdout, stderr } = await run("import", [bad], { DATA_DIR: newFolder() });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      'grids.csv:3 community_code: "NOWHERE" is not known: it is neither in orgs.csv nor in the database. Correct it, or add it to orgs.csv.\n' +
        "1 problem. Nothing was imported: correct the files and import again.\n",
    );
  });

  it("makes no data folder in a dry run, nor for an export", async () => {
    const data = join(newFolder(), "data");
    const dry = await run("import", [smallDistrict(), "--dry-run"], { DATA_DIR: data });
    expect(dry.stdout).toContain("19 changes would be made, nothing was written.");
    const nothing = await run("export", [newFolder()], { DATA_DIR: data });
    expect(nothing).toMatchObject({ code: 1 });
    expect(nothing.stderr).toContain("There is no district to export. Import one");
    expect(existsSync(data)).toBe(false);
  });

  it("needs no admin token, and exits 2 on settings that are wrong", async () => {
    const withoutToken = await run("import", [smallDistrict()], {
      DATA_DIR: newFolder(),
      SANDBOX: "0",
    });
    expect(withoutToken.code).toBe(0);
    const wrong = await run("import", [smallDistrict()], { SITE: "a b", DATA_DIR: newFolder() });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("SITE may have");
  });

  it("says that the product holds the data folder, and who", async () => {
    const folder = newFolder();
    const running = await openDatabase(`pglite:${folder}`, "main");
    try {
      const { code, stderr } = await run("import", [smallDistrict()], { DATA_DIR: folder });
      expect(code).toBe(1);
      expect(stderr).toContain(`is in use by process ${process.pid}. Stop that one first`);
      expect(stderr).not.toContain("    at ");
    } finally {
      await running.close();
    }
  });

  it("says in one line that the server cannot be reached", async () => {
    const { code, stderr } = await run("import", [smallDistrict()], {
      DATABASE_URL: "postgres://nobody@127.0.0.1:9/none",
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^.*ECONNREFUSED.*\n$/);
  });

  it.each([
    ["import", []],
    ["import", ["a", "b"]],
    ["import", ["a", "--purge"]],
    ["export", []],
  ] as const)("explains itself when called as %s %j", async (command, args) => {
    const { code, stderr } = await run(command, [...args], { DATA_DIR: newFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain(`npm run registry:${command} -- DIR`);
  });
});

describe.runIf(onPostgres)("on a server", { timeout: 90_000 }, async () => {
  const { database, url } = await testDatabase();
  afterAll(() => database.close());

  it("tries, imports, and exports", async () => {
    const env = { DATABASE_URL: url ?? "", SITE: "server" };
    const folder = smallDistrict();
    const changes = async (...options: string[]) =>
      /(\d+) changes/.exec((await run("import", [folder, ...options], env)).stdout)?.[1];
    expect(await changes("--dry-run")).toBe("19");
    expect(await changes()).toBe("19");
    expect(await changes()).toBe("0");
    const out = newFolder();
    expect(await run("export", [out], env)).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(join(out, "calendar.csv"), "utf8")).toContain("2026-10-10,workday");
  });
});
