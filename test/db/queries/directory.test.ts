import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addressBatches,
  allCategories,
  allResponsibilityItems,
  calendarExceptions,
  callGroups,
  commandRoomGroup,
  findAddress,
  findDistrict,
  findGrid,
  findGroup,
  findOrg,
  findOrgs,
  findPersonByDingtalkUserId,
  findPersonById,
  gridStaff,
  peopleOfOrg,
  peopleWithRole,
  residentGroupsOfGrid,
  routingRulesFor,
  streetOf,
} from "../../../db/queries/directory.ts";
import { importRegistry } from "../../../db/registry/import-registry.ts";
import type { Role } from "../../../services/domain/actor.ts";
import { testDatabase } from "../../support/database.ts";
import { folderOf, SMALL_DISTRICT, smallDistrict, withLines } from "../registry/small-district.ts";

const { database } = await testDatabase();
afterAll(() => database.close());

const NOW = new Date("2026-11-23T01:00:00Z");

beforeAll(async () => {
  const staff = [...SMALL_DISTRICT["people.csv"], "boss,丁,ZF,responder,,,"];
  const files = {
    "people.csv": [...staff, "gone,丙,C,gridWorker,G1,,ding-3"],
    ...withLines("groups.csv", "sandbox,call,呼叫群,call,,D", "sandbox,work,工作群,work,,S"),
    ...withLines("responsibility.csv", "10,第十项,,ZF,,,,,"),
  };
  await importRegistry(database, smallDistrict(files), { now: NOW });
  await importRegistry(database, folderOf({ "people.csv": staff }), { now: NOW, prune: true });
});

describe("organisations", () => {
  it("know their street, whatever lies between", async () => {
    expect(await streetOf(database, "HW")).toBe("S");
    expect(await streetOf(database, "C")).toBe("S");
    expect(await streetOf(database, "S")).toBe("S");
    expect(await streetOf(database, "ZF")).toBeNull();
    expect(await streetOf(database, "nothing")).toBeNull();
  });

  it("are found by code", async () => {
    expect(await findOrg(database, "HW")).toEqual({
      code: "HW",
      type: "station",
      name: "清溪街道环卫所",
      parentCode: "S",
      platform: "lawEnforcement",
      streetCode: "S",
    });
    expect((await findOrgs(database, ["ZF", "HW", "nothing"])).map((org) => org.code)).toEqual([
      "HW",
      "ZF",
    ]);
    expect(await findOrgs(database, [])).toEqual([]);
    expect(await findDistrict(database)).toMatchObject({ code: "D" });
  });
});

describe("people", () => {
  it("are found by id and by DingTalk account, with their street", async () => {
    expect(await findPersonByDingtalkUserId(database, "ding-2")).toEqual({
      id: "dispatcher",
      name: "乙",
      orgCode: "S",
      streetCode: "S",
      roles: ["dispatcher", "streetOfficer"],
      gridCodes: [],
      phone: null,
      dingtalkUserId: "ding-2",
      accounts: [],
    });
    expect(await findPersonById(database, "worker")).toMatchObject({ streetCode: "S" });
    expect(await findPersonById(database, "boss")).toMatchObject({ streetCode: null });
  });

  it("are nobody any more once they have left", async () => {
    expect(await findPersonById(database, "gone")).toBeNull();
    expect(await findPersonByDingtalkUserId(database, "ding-3")).toBeNull();
    expect((await gridStaff(database, "G1")).workers.map((person) => person.id)).toEqual([
      "worker",
    ]);
  });

  it("are found by role, in a street, an organisation or a grid", async () => {
    const ids = async (role: Role, scope?: Parameters<typeof peopleWithRole>[2]) =>
      (await peopleWithRole(database, role, scope)).map((person) => person.id);
    expect(await ids("streetOfficer")).toEqual(["dispatcher"]);
    expect(await ids("gridWorker", { streetCode: "S" })).toEqual(["worker"]);
    expect(await ids("gridWorker", { orgCode: "S" })).toEqual([]);
    expect(await ids("gridWorker", { gridCode: "G1" })).toEqual(["worker"]);
    expect(await ids("responder", { streetCode: "S" })).toEqual([]);
    expect((await peopleOfOrg(database, "ZF")).map((person) => person.id)).toEqual(["boss"]);
  });
});

describe("groups", () => {
  it("are found by channel and conversation", async () => {
    expect(await findGroup(database, "dingtalk", "cid+/1==")).toMatchObject({ gridCode: "G1" });
    expect(await findGroup(database, "sandbox", "cid+/1==")).toBeNull();
    expect(await residentGroupsOfGrid(database, "G1")).toHaveLength(1);
  });

  it("tell where the command room of a street is, dingtalk first", async () => {
    expect(await commandRoomGroup(database, "S")).toMatchObject({ conversationId: "cid-2" });
    expect(await commandRoomGroup(database, "S", "sandbox")).toMatchObject({
      conversationId: "work",
    });
    expect(await commandRoomGroup(database, "C")).toBeNull();
    expect((await callGroups(database)).map((group) => group.name)).toEqual(["呼叫群"]);
  });
});

describe("places", () => {
  it("lie in a grid with its community and street", async () => {
    expect(await findGrid(database, "G1")).toEqual({
      code: "G1",
      name: "清溪1网格",
      class: 1,
      kind: "ordinary",
      communityCode: "C",
      communityName: "清溪社区",
      streetCode: "S",
      streetName: "清溪街道",
      lng: 120.1,
      lat: 28.5,
      boundary: null,
    });
    expect(await findGrid(database, "G2")).toBeNull();
  });

  it("are read in batches, each once", async () => {
    const batches = [];
    for await (const batch of addressBatches(database, 1)) batches.push(batch);
    expect(batches.map((batch) => batch.map((address) => address.code))).toEqual([["A1"], ["A2"]]);
    expect(await findAddress(database, "A1")).toMatchObject({ aliases: ["花园", "清溪小区"] });
  });
});

describe("what is done with a matter", () => {
  it("follows the rule of the street before the one for all", async () => {
    const leads = async (category: string, street: string | null) =>
      (await routingRulesFor(database, category, street)).map((rule) => rule.leadOrg);
    expect(await leads("env.binOverflow", "S")).toEqual(["HW", "ZF"]);
    expect(await leads("env.binOverflow", "elsewhere")).toEqual(["ZF"]);
    expect(await leads("env.binOverflow", null)).toEqual(["ZF"]);
    expect(await leads("street.occupy", "S")).toEqual([]);
  });

  it("is read from the catalog, the list of items and the calendar", async () => {
    expect((await allCategories(database)).map((category) => category.slug)).toEqual([
      "env.binOverflow",
      "street.occupy",
    ]);
    expect((await allResponsibilityItems(database)).map((item) => item.no)).toEqual([
      "1",
      "2",
      "10",
    ]);
    expect(await calendarExceptions(database)).toEqual([{ date: "2026-10-10", kind: "workday" }]);
  });
});
