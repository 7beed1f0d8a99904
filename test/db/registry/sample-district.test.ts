import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  addressBatches,
  allCategories,
  allGrids,
  allOrgs,
  allResponsibilityItems,
  allServiceItems,
  callGroups,
  commandRoomGroup,
  findDistrict,
  findSite,
  gridStaff,
  groupsOnChannel,
  orgsOfType,
  peopleWithRole,
  routingRulesFor,
} from "../../../db/queries/directory.ts";
import { everybody } from "../../../db/queries/people.ts";
import { importRegistry } from "../../../db/registry/import-registry.ts";
import { loadSampleDistrict } from "../../../db/registry/sample-district.ts";
import { apiTokens, events, people } from "../../../db/schema/index.ts";
import { ROLES } from "../../../services/domain/actor.ts";
import { emptyDatabase, TEST_SITE, testDatabase } from "../../support/database.ts";
import { smallDistrict } from "./small-district.ts";

const { database } = await testDatabase();
afterAll(() => database.close());

const NOW = new Date("2026-11-23T01:00:00Z");
const importSmall = () => importRegistry(database, smallDistrict(), { now: NOW });

describe("coming and going", () => {
  beforeEach(() => emptyDatabase(database));

  it("is loaded where there is nothing, once", async () => {
    expect(await loadSampleDistrict(database, NOW)).toBe(true);
    expect(await loadSampleDistrict(database, NOW)).toBe(false);
    expect(await findSite(database)).toMatchObject({ sample: true });
  });

  it("is loaded once by two processes that start together", async () => {
    const loaded = await Promise.all([
      loadSampleDistrict(database, NOW),
      loadSampleDistrict(database, NOW),
    ]);
    expect(loaded.sort()).toEqual([false, true]);
  });

  it("is never loaded beside a real district", async () => {
    await importSmall();
    expect(await loadSampleDistrict(database, NOW)).toBe(false);
    expect(await findDistrict(database)).toMatchObject({ name: "云山区" });
  });

  it("makes room for a real district, and takes the tokens of its people along", async () => {
    await loadSampleDistrict(database, NOW);
    await database.orm.insert(apiTokens).values({
      site: TEST_SITE,
      hash: "h",
      personId: "district-admin",
      createdAt: NOW,
      expiresAt: NOW,
    });
    expect(await importSmall()).toMatchObject({ ok: true, sampleRemoved: true });
    expect(await findSite(database)).toMatchObject({ sample: false });
    expect(await database.orm.$count(people)).toBe(2);
    expect(await database.orm.$count(apiTokens)).toBe(0);
    expect(await importSmall()).toMatchObject({ ok: true, sampleRemoved: false });
  });

  it("stays when the real district is bad, or only tried", async () => {
    await loadSampleDistrict(database, NOW);
    const bad = smallDistrict({ "people.csv": "id\n" });
    expect(await importRegistry(database, bad, { now: NOW })).toMatchObject({ ok: false });
    await importRegistry(database, smallDistrict(), { now: NOW, dryRun: true });
    expect(await findDistrict(database)).toMatchObject({ name: "示例区" });
  });

  it("refuses a real district once an event has happened in it", async () => {
    await loadSampleDistrict(database, NOW);
    await database.orm.insert(events).values({
      site: TEST_SITE,
      no: "SJ20261123-0001",
      status: "pendingAccept",
      kind: "report",
      category: "env.clutter",
      level: 1,
      urgency: "normal",
      summary: "楼道堆物",
      words: "楼道堆物",
      source: "groupMessage",
      parse: { by: "rules", promptVersion: null, confidence: 1, candidates: [] },
      createdAt: NOW,
    });
    const outcome = await importSmall();
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome.ok ? "" : outcome.problems[0]?.what).toMatch(/another SITE/);
    expect(await findDistrict(database)).toMatchObject({ name: "示例区" });
  });
});

describe("as a district", () => {
  beforeAll(async () => {
    await emptyDatabase(database);
    await loadSampleDistrict(database, NOW);
  });

  it("has a believable size", async () => {
    expect(await orgsOfType(database, "district")).toHaveLength(1);
    expect(await orgsOfType(database, "street")).toHaveLength(2);
    expect(await orgsOfType(database, "community")).toHaveLength(6);
    expect(await orgsOfType(database, "department")).toHaveLength(9);
    expect(await orgsOfType(database, "station")).toHaveLength(8);
    expect(await allGrids(database)).toHaveLength(18);
    expect(await database.orm.$count(people)).toBe(70);
    expect(await groupsOnChannel(database, "sandbox")).toHaveLength(20);
    expect(await allAddresses()).toHaveLength(150);
    expect(await allCategories(database)).toHaveLength(80);
    expect(await allResponsibilityItems(database)).toHaveLength(81);
    expect(await allServiceItems(database)).toHaveLength(12);
  });

  it("has somebody in every role, and enough of them everywhere", async () => {
    for (const role of ROLES)
      expect((await peopleWithRole(database, role)).length, role).toBeGreaterThan(0);
    for (const street of await orgsOfType(database, "street")) {
      const scope = { streetCode: street.code };
      expect((await peopleWithRole(database, "dispatcher", scope)).length).toBeGreaterThan(1);
      expect(await peopleWithRole(database, "streetPrincipal", scope)).toHaveLength(1);
      expect((await peopleWithRole(database, "streetOfficer", scope)).length).toBeGreaterThan(0);
      expect(await commandRoomGroup(database, street.code)).toMatchObject({ kind: "work" });
    }
    for (const org of await allOrgs(database)) {
      if (org.type !== "station" && org.type !== "department") continue;
      const role = org.type === "station" ? "stationOfficer" : "responder";
      expect(await peopleWithRole(database, role, { orgCode: org.code }), org.name).not.toEqual([]);
    }
    expect(await callGroups(database)).toHaveLength(1);
  });

  it("gives every grid a worker, a leader and a mentor", async () => {
    for (const grid of await allGrids(database)) {
      const { workers, leaders, mentors } = await gridStaff(database, grid.code);
      expect([workers.length, leaders.length, mentors.length], grid.name).toEqual([1, 1, 1]);
    }
  });

  it("draws grids that do not overlap, with their addresses inside", async () => {
    const boxes = new Map(
      (await allGrids(database)).map((grid) => [grid.code, boxOf(grid.boundary ?? "")]),
    );
    for (const [code, box] of boxes)
      for (const [other, another] of boxes)
        if (code !== other) expect(overlap(box, another), `${code} and ${other}`).toBe(false);
    for (const address of await allAddresses()) {
      const box = boxes.get(address.gridCode ?? "");
      if (box === undefined) continue;
      expect(address.lng, address.name).toBeGreaterThan(box.west);
      expect(address.lng, address.name).toBeLessThan(box.east);
      expect(address.lat, address.name).toBeGreaterThan(box.south);
      expect(address.lat, address.name).toBeLessThan(box.north);
    }
  });

  it("routes what its stations look after to the street's own", async () => {
    const [street] = await orgsOfType(database, "street");
    const rules = await routingRulesFor(database, "env.binOverflow", street?.code ?? "");
    expect(rules.map((rule) => rule.leadOrg)).toEqual([`${street?.code}-HWS`, "SLQ-ZF"]);
  });

  it("says of itself that it is made up", async () => {
    expect(await findDistrict(database)).toMatchObject({ name: "示例区" });
    for (const item of await allResponsibilityItems(database)) expect(item.name).toContain("示例");
    for (const item of await allServiceItems(database)) expect(item.source).toContain("示例");
    for (const { phone } of await everybody(database))
      if (phone !== null) expect(phone).toMatch(/^138000000\d{2}$/);
  });
});

async function allAddresses() {
  const found = [];
  for await (const batch of addressBatches(database, 40)) found.push(...batch);
  return found;
}

interface Box {
  west: number;
  east: number;
  south: number;
  north: number;
}

function boxOf(boundary: string): Box {
  const ring = (JSON.parse(boundary) as { coordinates: [number, number][][] }).coordinates[0] ?? [];
  const lngs = ring.map(([lng]) => lng);
  const lats = ring.map(([, lat]) => lat);
  return {
    west: Math.min(...lngs),
    east: Math.max(...lngs),
    south: Math.min(...lats),
    north: Math.max(...lats),
  };
}

const overlap = (one: Box, other: Box) =>
  one.west < other.east &&
  other.west < one.east &&
  one.south < other.north &&
  other.south < one.north;
