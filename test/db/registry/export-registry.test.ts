import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeEach, expect, it } from "vitest";
import { exportRegistry } from "../../../db/registry/export-registry.ts";
import { headerOf, REGISTRY_FILES } from "../../../db/registry/files.ts";
import { importRegistry } from "../../../db/registry/import-registry.ts";
import { SAMPLE_FOLDER } from "../../../db/registry/sample-district.ts";
import { asSheetText } from "../../../services/domain/sheet-text.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";
import { folderOf, SMALL_DISTRICT, smallDistrict } from "./small-district.ts";

const { database } = await testDatabase();
beforeEach(() => emptyDatabase(database));
afterAll(() => database.close());

const NOW = new Date("2026-11-23T01:00:00Z");
const newFolder = () => mkdtempSync(join(tmpdir(), "yihu-export-"));
const load = (folder: string) => importRegistry(database, folder, { now: NOW });
const sorted = (folder: string, file: string) =>
  readFileSync(join(folder, file), "utf8").split(/\r?\n/).sort();

it.each([
  ["the small district", () => smallDistrict()],
  ["the sample district", () => SAMPLE_FOLDER],
])("gives back %s line by line", async (_, folder) => {
  await load(folder());
  const out = newFolder();
  await exportRegistry(database, out);
  for (const file of readdirSync(folder()).filter((name) => name.endsWith(".csv")))
    expect(sorted(out, file), file).toEqual(sorted(folder(), file));
});

it("gives back the optional files where they have rows", async () => {
  const rules = {
    "calendar.csv": ["date,kind", "2026-12-31,morning"],
    "working-hours.csv": ["part,opens,closes", "afternoon,14:30,18:00"],
    "limits.csv": ["name,amount,unit", "call.respond,60,workMinutes", "normal.complete,7,workdays"],
    "duty-roster.csv": ["date,org_code,person_id", "2026-11-25,S,dispatcher"],
    "deputies.csv": [
      "person_id,deputy_id,first_day,last_day",
      "worker,dispatcher,2026-11-25,2026-11-27",
    ],
    "service-items.csv": [
      "code,name,aliases,conditions,materials,window,hours,phone,source",
      "F1,居住证申领,居住证;暂住证,住满半年,身份证;照片,2号窗口,工作日,,办事指南",
      "F2,犬证,,一户一只,免疫证明,3号窗口,工作日,0577-12345,办事指南",
    ],
  };
  const folder = smallDistrict(rules);
  expect(await load(folder)).toMatchObject({ ok: true });
  const out = newFolder();
  await exportRegistry(database, out);
  for (const file of Object.keys(rules))
    expect(sorted(out, file), file).toEqual(sorted(folder, file));
});

it("writes a file without rows with its header, so that the folder tells everything", async () => {
  await load(folderOf({ "orgs.csv": SMALL_DISTRICT["orgs.csv"] }));
  const out = newFolder();
  await exportRegistry(database, out);
  const always = REGISTRY_FILES.filter((file) => file.optional !== true);
  expect(readdirSync(out).sort()).toEqual(always.map(({ name }) => name).sort());
  expect(readFileSync(join(out, "calendar.csv"), "utf8")).toBe("date,kind\r\n");
});

it("leaves out what was pruned", async () => {
  await load(smallDistrict());
  const fewer = smallDistrict({ "calendar.csv": ["date,kind"] });
  await importRegistry(database, fewer, { now: NOW, prune: true });
  const out = newFolder();
  await exportRegistry(database, out);
  expect(sorted(out, "calendar.csv")).toEqual(["", "date,kind"]);
});

it("writes nothing where there is no district", async () => {
  const out = join(newFolder(), "none");
  expect((await exportRegistry(database, out)).size).toBe(0);
  expect(() => readdirSync(out)).toThrow();
});

it("hands a spreadsheet no formula, leaves numbers as they are, and takes back what it gave", async () => {
  const file = "addresses.csv";
  const header = columnsOf(file).join(",");
  const rows = [
    "=1,=HYPERLINK(1),@a;+b,poi,G1,-120.5,-28.5",
    "A2,＝cmd|' /C calc'!A0,,poi,G1,,",
    'A3,"\t=1+1",,poi,G1,,',
    'A4,"\r\n-1",,poi,G1,,',
  ];
  const folder = smallDistrict({ [file]: [header, ...rows] });
  expect(await load(folder)).toMatchObject({ ok: true });
  const first = newFolder();
  await exportRegistry(database, first);
  const text = readFileSync(join(first, file), "utf8");
  expect(text).toContain("'=1,'=HYPERLINK(1),'@a;+b,poi,G1,-120.5,-28.5\r\n");
  expect(text).toContain("A2,'＝cmd|' /C calc'!A0,");
  expect(text).toContain("A3,'\t=1+1,");
  expect(text).toContain('A4,"\'\r\n-1",');
  const stored = async () =>
    (await database.rows<{ name: string }>(sql`select name from addresses order by code`)).map(
      ({ name }) => name,
    );
  const before = await stored();
  expect(before).toContain("=HYPERLINK(1)");
  expect(await importRegistry(database, first, { now: NOW, prune: true })).toMatchObject({
    ok: true,
  });
  expect(await stored()).toEqual(before);
  const second = newFolder();
  await exportRegistry(database, second);
  expect(readFileSync(join(second, file), "utf8")).toBe(text);
});

const columnsOf = (name: string) => {
  const file = REGISTRY_FILES.find((one) => one.name === name);
  if (file === undefined) throw new Error(`${name} is described`);
  return headerOf(file);
};

const anyText = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'",\r\n ;=中a'), minLength: 1, maxLength: 12 }),
  )
  .map((text) => text.replaceAll("\0", "0"))
  .filter((text) => text.trim() !== "");
const listItem = anyText.map((text) => text.replaceAll(";", ",")).filter((text) => text !== "");
const degree = fc.tuple(fc.integer({ min: -89, max: 89 }), fc.stringMatching(/^\d{1,15}$/));
const coordinate = degree
  .map(([whole, digits]) => `${whole}.${digits}`)
  .filter((text) => !/^-?0\.0*$/.test(text));

/** Quoting as every CSV writer does it: only where it is needed. */
const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

it("gives back whatever text, list and number was imported", async () => {
  const file = REGISTRY_FILES.find((candidate) => candidate.name === "addresses.csv");
  if (file === undefined) throw new Error("addresses.csv is described");
  const place = fc.record({
    name: anyText,
    aliases: fc.array(listItem, { maxLength: 3 }),
    at: fc.option(fc.tuple(coordinate, coordinate)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 8 }), async (places) => {
      const records = places.map(({ name, aliases, at }, number) =>
        [
          `A${number}`,
          asSheetText(name),
          asSheetText(aliases.join(";")),
          "poi",
          "G1",
          at?.[0] ?? "",
          at?.[1] ?? "",
        ]
          .map(field)
          .join(","),
      );
      const text = [headerOf(file).join(","), ...records, ""].join("\r\n");
      const folder = smallDistrict({ "addresses.csv": text });
      const outcome = await importRegistry(database, folder, { now: NOW, prune: true });
      expect(outcome.ok).toBe(true);
      const out = newFolder();
      await exportRegistry(database, out);
      expect(readFileSync(join(out, "addresses.csv"), "utf8")).toBe(text);
    }),
    { numRuns: 30 },
  );
});
