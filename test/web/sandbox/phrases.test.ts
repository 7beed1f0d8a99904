import { describe, expect, it } from "vitest";
import { phrasesFor } from "../../../web/sandbox/phrases.ts";
import { residentNamed, type Speaker } from "../../../web/sandbox/speakers.ts";

const context = { place: "杨柳郡", eventNo: "SJ20261123-0001", story: null, ticketNo: null };
const official = (...roles: string[]): Speaker => ({
  userId: "p",
  name: "p",
  about: "",
  person: {
    id: "p",
    name: "p",
    roles,
    roleNames: [],
    orgCode: "S1",
    orgName: null,
    streetCode: "S1",
    gridCodes: [],
    gridNames: [],
  },
});
const texts = (speaker: Speaker, changes = {}) =>
  phrasesFor(speaker, { ...context, ...changes }).map((phrase) => phrase.text);

describe("what one may say", () => {
  it("names places of the grid and the number of the event", () => {
    expect(texts(residentNamed("李阿姨"))[0]).toContain("杨柳郡");
    expect(texts(official("dispatcher"))).toContain("受理 SJ20261123-0001");
    expect(texts(official("stationOfficer"))).toContain("签收 SJ20261123-0001");
    expect(texts(official("gridWorker"))).toContain("验收通过 SJ20261123-0001");
  });

  it("leaves out what needs a number while there is none", () => {
    for (const text of texts(official("dispatcher", "stationOfficer"), { eventNo: null })) {
      expect(text).not.toMatch(/受理|签收|null/);
    }
    expect(texts(official("streetPrincipal"))).toEqual(["我的待办", "帮助"]);
    expect(texts(official("streetPrincipal"), { ticketNo: "HJ20261123-001" })).toContain(
      "签批同意 HJ20261123-001",
    );
  });

  it("offers nobody the words of another role", () => {
    expect(texts(residentNamed("李阿姨")).join()).not.toMatch(/受理|交办|我的待办/);
    expect(texts(official("gridWorker")).join()).not.toMatch(/交办|签批/);
  });

  it("says nothing twice for people of several roles", () => {
    const said = texts(official("gridWorker", "gridLeader", "stationOfficer", "responder"));
    expect(new Set(said).size).toBe(said.length);
  });
});
