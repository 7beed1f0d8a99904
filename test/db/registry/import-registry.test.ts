import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, it } from "vitest";
import type { Database, Db } from "../../../db/client.ts";
import { allOrgs, findAddress, findPersonById, findSite } from "../../../db/queries/directory.ts";
import { type ImportOptions, importRegistry } from "../../../db/registry/import-registry.ts";
import { addresses, orgs, people } from "../../../db/schema/index.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";
import {
  type Files,
  folderOf,
  SMALL_DISTRICT,
  smallDistrict,
  withLines,
} from "./small-district.ts";

const { database } = await testDatabase();
beforeEach(() => emptyDatabase(database));
afterAll(() => database.close());

const NOW = new Date("2026-11-23T01:00:00Z");

const load = (folder: string, options: Partial<ImportOptions> = {}) =>
  importRegistry(database, folder, { now: NOW, ...options });

async function changesOf(folder: string, options: Partial<ImportOptions> = {}) {
  const outcome = await load(folder, options);
  if (!outcome.ok) throw new Error(outcome.problems.map((problem) => problem.what).join("\n"));
  return outcome.changes.filter(
    ({ added, changed, deactivated }) => added + changed + deactivated > 0,
  );
}

async function problemsOf(files: Files, options: Partial<ImportOptions> = {}): Promise<string[]> {
  const outcome = await load(smallDistrict(files), options);
  return outcome.ok
    ? []
    : outcome.problems.map(({ file, line, column, what }) => `${file}:${line} ${column}: ${what}`);
}

/** The same database as another district sees it. */
const ofSite = (db: Db, site: string): Db => ({
  ...db,
  site,
  transaction: (work) => db.transaction((tx) => work(ofSite(tx, site))),
});

async function rowsIn(db: Database): Promise<number> {
  const [count] = await db.rows<{ total: number }>(
    sql`select ((select count(*) from orgs) + (select count(*) from people) + (select count(*) from addresses)
      + (select count(*) from sites))::integer as total`,
  );
  return count?.total ?? -1;
}

it("loads a district, and changes nothing the second time", async () => {
  expect(await changesOf(smallDistrict())).toHaveLength(9);
  expect(await changesOf(smallDistrict())).toEqual([]);
  expect(await findSite(database)).toEqual({ sample: false, importedAt: NOW });
});

it("keeps lists, numbers and empty fields as what they mean", async () => {
  await load(smallDistrict());
  expect(await findAddress(database, "A1")).toMatchObject({
    aliases: ["花园", "清溪小区"],
    lng: 120.101,
    gridCode: "G1",
  });
  expect(await findAddress(database, "A2")).toMatchObject({
    aliases: [],
    lng: null,
    gridCode: null,
  });
  expect(await findPersonById(database, "dispatcher")).toMatchObject({
    roles: ["dispatcher", "streetOfficer"],
    gridCodes: [],
    phone: null,
  });
});

it("does with a byte order mark and CR LF what it does without", async () => {
  await load(smallDistrict());
  const asExcelSaves = folderOf(
    { ...SMALL_DISTRICT, "orgs.csv": `\uFEFF${SMALL_DISTRICT["orgs.csv"].join("\r\n")}\r\n` },
    "\r\n",
  );
  expect(await changesOf(asExcelSaves)).toEqual([]);
});

it("changes what reads otherwise now, be it only the digits of a number", async () => {
  await load(smallDistrict());
  const changed = smallDistrict({
    "addresses.csv": SMALL_DISTRICT["addresses.csv"].map((line) => line.replace("28.5", "28.50")),
  });
  expect(await changesOf(changed)).toEqual([
    { file: "addresses.csv", rows: 2, added: 0, changed: 1, deactivated: 0 },
  ]);
});

it("takes files one at a time once the organisations are known", async () => {
  await load(folderOf({ "orgs.csv": SMALL_DISTRICT["orgs.csv"] }));
  const outcome = await load(folderOf({ "grids.csv": SMALL_DISTRICT["grids.csv"] }));
  expect(outcome.ok).toBe(true);
});

it("asks for orgs.csv at the first import, and for nothing else", async () => {
  expect(await problemsOf({ "orgs.csv": undefined })).toEqual([
    "orgs.csv:1 file: is missing. The first import needs it: every other file refers to organisations. Add it to the folder.",
  ]);
});

it("names every bad row of every file at once, and writes nothing", async () => {
  const problems = await problemsOf({
    ...withLines("orgs.csv", "X,office,某办公室,D,"),
    ...withLines("grids.csv", "G2,,C,3,ordinary,200,28,", "G3,三,ZF,1,ordinary,,28,"),
    ...withLines("people.csv", "worker,丙,NOWHERE,boss,G9,,", "x,丁,C,gridWorker;,G1,,ding-1"),
    ...withLines("routing.csv", "no.such,S,ZF,", "street.occupy,C,ZF,"),
    ...withLines("calendar.csv", "2026-02-30,holiday"),
  });
  expect(problems.map((problem) => problem.split(": ")[0])).toEqual([
    "orgs.csv:7 type",
    "grids.csv:3 name",
    "grids.csv:3 class",
    "grids.csv:3 lng",
    "grids.csv:4 lng",
    "grids.csv:4 community_code",
    "people.csv:4 roles",
    "people.csv:4 id",
    "people.csv:4 org_code",
    "people.csv:4 grid_codes",
    "people.csv:5 roles",
    "people.csv:5 dingtalk_user_id",
    "routing.csv:4 category",
    "routing.csv:5 street_code",
    "calendar.csv:3 date",
  ]);
  for (const problem of problems)
    expect(problem).toMatch(/[.] (?:Correct|Fill|Write|Remove)\b.*[.]$/);
  expect(await rowsIn(database)).toBe(0);
});

it.each([
  ["E,department,某局,E,", "parent_code: leads back to the organisation itself"],
  [
    "E,station,某所,C,",
    'parent_code: "C" is a community; a station belongs to a street or department',
  ],
  ["E,community,某社区,,", "parent_code: is empty, but a community belongs to a street"],
  ["E,district,邻区,,", 'type: is a second district beside "D"'],
  ["S,street,重名街道,D,", "code: the same as in line 3"],
  [" E,street,某街道,D,", 'code: " E" begins or ends with a space'],
  ["E;F,street,某街道,D,", "code: "],
  ["E,street,某街道,D", "row: has 4 fields, the header has 5"],
])("refuses the organisation %s", async (line, complaint) => {
  const problems = await problemsOf(withLines("orgs.csv", line));
  expect(problems.join("\n")).toContain(complaint);
});

it("finds a circle of several organisations", async () => {
  const problems = await problemsOf(
    withLines("orgs.csv", "E,department,甲局,F,", "F,department,乙局,E,"),
  );
  expect(problems).toHaveLength(2);
});

it.each([
  ["120.1,", "lat: is empty, but lng is not"],
  ["91,181", "lat: "],
  ["1.2e2,28", 'lng: "1.2e2" is no number'],
  ["-0,28", 'lng: "-0" is no number'],
  ["120.1,28.5°", "lat: "],
])("refuses the coordinates %s", async (coordinates, complaint) => {
  const problems = await problemsOf(withLines("addresses.csv", `A3,某处,,poi,G1,${coordinates}`));
  expect(problems.join("\n")).toContain(`addresses.csv:4 ${complaint}`);
});

it.each([
  ['"{""type"":""Point"",""coordinates"":[120,28]}"', "no GeoJSON polygon"],
  ['"{""type"":""Polygon"",""coordinates"":[[[1,1],[2,1],[2,2],[1,2]]]}"', "no GeoJSON polygon"],
  ["somewhere", "cannot be read as JSON"],
])("refuses the boundary %s", async (boundary, complaint) => {
  const problems = await problemsOf(withLines("grids.csv", `G2,二,C,1,ordinary,,,${boundary}`));
  expect(problems.join("\n")).toContain(complaint);
});

it("says what is wrong with a header: missing, unknown, twice, in another order", async () => {
  const problems = await problemsOf({
    "people.csv": ["id,name,org_code,roles,grids,phone,phone", "a,b,C,,,,"],
    "calendar.csv": ["kind,date", "workday,2026-10-10"],
  });
  expect(problems.map((problem) => problem.replace(/ The header must read: .*$/, ""))).toEqual([
    "people.csv:1 grid_codes: the column is missing.",
    "people.csv:1 dingtalk_user_id: the column is missing.",
    'people.csv:1 header: "grids" is no column of this file.',
    'people.csv:1 header: "phone" occurs twice.',
    "calendar.csv:1 header: has the columns in another order.",
  ]);
});

it("does not blame rows that refer to a file it could not read", async () => {
  const problems = await problemsOf({ "orgs.csv": ["code,kind", "D,district"] });
  expect(problems.every((problem) => problem.startsWith("orgs.csv:1 "))).toBe(true);
});

it("counts the lines of the file, also where quoted fields span several", async () => {
  const problems = await problemsOf({
    "addresses.csv":
      'code,name,aliases,kind,grid_code,lng,lat\r\nA1,"清溪\r\n花园",,estate,G1,,\r\n\r\nA2,"某\n\n处",,poi,G9,,\r\nA3,"x\r\ny",,hill,,,\r\n',
  });
  expect(problems.map((problem) => problem.split(" ")[0])).toEqual([
    "addresses.csv:5",
    "addresses.csv:8",
  ]);
});

it.each([
  [
    "GBK",
    Buffer.from([...Buffer.from("code\nA\n"), 0xb0, 0xa1]),
    "addresses.csv:3 row: is not UTF-8",
  ],
  [
    "an unclosed quote",
    'A1,"清溪,,estate,G1,,\nA2,b,,road,,,\n',
    "addresses.csv:2 row: opens a quote",
  ],
  ["a quote inside a field", 'A1,清"溪",,estate,G1,,\n', "addresses.csv:2 row: has a quote"],
  ["text after a quote", 'A1,"清"溪,,estate,G1,,\n', "addresses.csv:2 row: has a quote"],
  ["a NUL character", "A1,清\0溪,,estate,G1,,\n", "addresses.csv:2 name: holds a NUL character"],
  [
    "a line of 10 MB",
    `A1,${"长".repeat(3_500_000)},,estate,G1,,\n`,
    "addresses.csv:2 row: is longer",
  ],
  ["nothing at all", null, "addresses.csv:1 header: is missing"],
])("says so when a file holds %s", async (_, content, complaint) => {
  const bytes =
    typeof content === "string"
      ? `code,name,aliases,kind,grid_code,lng,lat\n${content}`
      : (content ?? "");
  const problems = await problemsOf({ "addresses.csv": bytes });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(complaint);
  expect(await rowsIn(database)).toBe(0);
});

it("takes formulas, quotes and markup for the text they are", async () => {
  const strange = `"=HYPERLINK(""http://x"")"`;
  await load(
    smallDistrict(withLines("addresses.csv", `A3,${strange},'; drop table orgs--,poi,,,`)),
  );
  expect(await findAddress(database, "A3")).toMatchObject({
    name: '=HYPERLINK("http://x")',
    aliases: ["'", " drop table orgs--"],
  });
});

it("checks and counts in a dry run, and writes nothing", async () => {
  const outcome = await load(smallDistrict(), { dryRun: true });
  expect(outcome).toMatchObject({ ok: true });
  expect(await rowsIn(database)).toBe(0);
});

it("leaves rows alone that a later import does not name, unless it prunes", async () => {
  await load(smallDistrict());
  const fewer = smallDistrict({
    "addresses.csv": SMALL_DISTRICT["addresses.csv"].slice(0, 2),
    "people.csv": undefined,
  });
  expect(await changesOf(fewer)).toEqual([]);
  expect(await changesOf(fewer, { prune: true })).toEqual([
    { file: "addresses.csv", rows: 1, added: 0, changed: 0, deactivated: 1 },
  ]);
  expect(await findAddress(database, "A2")).toBeNull();
  expect(await findPersonById(database, "worker")).not.toBeNull();
  const [kept] = await database.orm.select().from(addresses).where(eq(addresses.code, "A2"));
  expect(kept?.active).toBe(false);
});

it("activates again what comes back", async () => {
  await load(smallDistrict());
  await load(smallDistrict({ "addresses.csv": SMALL_DISTRICT["addresses.csv"].slice(0, 2) }), {
    prune: true,
  });
  expect(await changesOf(smallDistrict())).toEqual([
    { file: "addresses.csv", rows: 2, added: 0, changed: 1, deactivated: 0 },
  ]);
  expect(await findAddress(database, "A2")).not.toBeNull();
});

it("does not know a code any more that the same import deactivates", async () => {
  await load(smallDistrict());
  const problems = await problemsOf(
    { "grids.csv": SMALL_DISTRICT["grids.csv"].slice(0, 1) },
    { prune: true },
  );
  expect(problems.map((problem) => problem.split(" ")[0])).toEqual([
    "people.csv:2",
    "groups.csv:2",
    "addresses.csv:2",
  ]);
});

it("does not prune what rows of an absent file still refer to", async () => {
  await load(smallDistrict());
  const outcome = await load(
    folderOf({ "orgs.csv": SMALL_DISTRICT["orgs.csv"].filter((line) => !line.startsWith("HW")) }),
    { prune: true },
  );
  expect(outcome).toMatchObject({
    ok: false,
    problems: [
      {
        file: "orgs.csv",
        what: 'leaves out "HW", to which lead_org of "env.binOverflow,S" in routing.csv refers. Keep it, or give routing.csv too.',
      },
    ],
  });
  expect((await allOrgs(database)).map((org) => org.code)).toContain("HW");
});

it("does not give one DingTalk account to two people, also when one is in the database only", async () => {
  await load(smallDistrict());
  const problems = await problemsOf({
    "people.csv": [SMALL_DISTRICT["people.csv"][0], "third,丙,C,gridWorker,,,ding-1"],
  });
  expect(problems).toEqual([
    'people.csv:2 dingtalk_user_id: belongs to "worker" already, and one DingTalk account is one person. Correct it, or clear one of the two.',
  ]);
});

it("keeps districts of other sites apart", async () => {
  await load(smallDistrict());
  const elsewhere = ofSite(database, "elsewhere");
  const other = smallDistrict({
    "orgs.csv": SMALL_DISTRICT["orgs.csv"].map((line) => line.replace("云山区", "云海区")),
  });
  await importRegistry(elsewhere, other, { now: NOW, prune: true });
  const [district] = await database.orm
    .select({ name: orgs.name })
    .from(orgs)
    .where(sql`site = ${database.site} and type = 'district'`);
  expect(district?.name).toBe("云山区");
  expect(await database.orm.$count(people)).toBe(4);
});

it("mentions CSV files that are none of the registry's", async () => {
  const outcome = await load(smallDistrict({ "adresses.csv": "code\n", "notes.txt": "x" }));
  expect(outcome).toMatchObject({ ok: true, ignored: ["adresses.csv"] });
});

it("says which folder it cannot read", async () => {
  await expect(load("/no/such/folder")).rejects.toThrow(
    /The folder \/no\/such\/folder cannot be read/,
  );
});
