import { describe, expect, it } from "vitest";
import type { Role } from "../../../services/domain/actor.ts";
import type { Duty } from "../../../services/domain/obligation.ts";
import { REMINDER_AUDIENCES } from "../../../services/domain/reminder.ts";
import {
  type Colleague,
  EVERYBODY_PRESENT,
  type ReminderDirectory,
  type ReminderOrg,
  type ReminderSubject,
} from "../../../services/domain/reminder-directory.ts";
import { receiversOf } from "../../../services/domain/reminder-receivers.ts";

const org = (code: string, type: ReminderOrg["type"], parentCode: string | null): ReminderOrg => ({
  code,
  name: code,
  type,
  parentCode,
});
const person = (id: string, orgCode: string, role: Role, gridCodes: string[] = []): Colleague => ({
  id,
  name: id,
  orgCode,
  roles: [role],
  gridCodes,
});

const everybody = [
  person("worker", "HB", "gridWorker", ["HB-1"]),
  person("gridLeader", "HB", "gridLeader", ["HB-1"]),
  person("dispatcher", "WC", "dispatcher"),
  person("officer", "WC", "streetOfficer"),
  person("principal", "WC", "streetPrincipal"),
  person("station", "WC-HW", "stationOfficer"),
  person("responder", "ZF", "responder"),
  person("center", "Q", "districtDispatcher"),
  person("followUp", "Q", "followUpAgent"),
  person("supervisor", "Q", "supervisor"),
];

const aDirectory = (people: Colleague[] = everybody, groups = ["WC"]): ReminderDirectory => ({
  district: "Q",
  orgs: new Map(
    [
      org("Q", "district", null),
      org("WC", "street", "Q"),
      org("HB", "community", "WC"),
      org("WC-HW", "station", "WC"),
      org("ZF", "department", "Q"),
    ].map((one) => [one.code, one]),
  ),
  people,
  workGroups: new Set(groups),
  presence: EVERYBODY_PRESENT,
});

const anEventSubject = (changes: Partial<ReminderSubject> = {}): ReminderSubject => ({
  type: "event",
  no: "SJ20261125-0001",
  summary: "垃圾桶满溢",
  streetCode: "WC",
  gridCode: "HB-1",
  confidential: false,
  handlers: [],
  ...changes,
});
const aCall: ReminderSubject = anEventSubject({ type: "callTicket", no: "HJ20261125-001" });

function heard(
  duty: Duty,
  orgCode: string | null,
  personId: string | null,
  {
    subject = anEventSubject(),
    directory = aDirectory(),
    audience = REMINDER_AUDIENCES as readonly (typeof REMINDER_AUDIENCES)[number][],
  } = {},
) {
  const { receivers, gaps } = receiversOf(
    { duty, owner: { orgCode, personId } },
    subject,
    audience,
    directory,
  );
  return {
    told: receivers.map((one) =>
      "group" in one ? `group ${one.group}: ${one.ask}` : `${one.person}: ${one.ask}`,
    ),
    gaps: gaps.map(({ missing, orgCode: of }) => `${missing} of ${of}`),
  };
}

describe("who hears of a duty", () => {
  it("climbs from the grid worker to the grid leader", () => {
    expect(heard("verify", "HB", "worker").told).toEqual([
      "worker: do",
      "group WC: supervise",
      "gridLeader: urge",
      "supervisor: supervise",
    ]);
  });

  it("climbs from the grid leader and from a station to the street", () => {
    expect(heard("verify", "HB", "gridLeader").told).toContain("officer: supervise");
    expect(heard("sign", "WC-HW", null).told).toEqual([
      "station: do",
      "group WC: supervise",
      "officer: supervise",
      "supervisor: supervise",
    ]);
  });

  it("climbs from the command room, which also owns what nobody is assigned to, to the principal", () => {
    expect(heard("accept", "WC", null).told).toEqual([
      "group WC: do",
      "principal: supervise",
      "supervisor: supervise",
    ]);
  });

  it("climbs from a department to the district, whose command room a call has", () => {
    expect(heard("respond", "ZF", null, { subject: aCall }).told).toEqual([
      "responder: do",
      "center: look",
      "supervisor: look",
    ]);
    expect(heard("complete", "ZF", null).told).toEqual([
      "responder: do",
      "group WC: supervise",
      "center: look",
      "supervisor: supervise",
    ]);
  });

  it("asks the principal to sign, the officer to close, the follow-up agent to visit, each in person", () => {
    const audience = ["owner"] as const;
    const call = { subject: aCall, audience };
    expect(heard("approve", "WC", null, call).told).toEqual(["principal: do"]);
    expect(heard("closeCall", "WC", null, call).told).toEqual(["officer: do"]);
    expect(heard("followUp", "Q", null, call).told).toEqual(["followUp: do"]);
    expect(heard("assess", "Q", null, call).told).toEqual(["center: do"]);
  });

  it("asks the command room to verify where no grid is known", () => {
    expect(heard("verify", "WC", null, { audience: ["owner"] }).told).toEqual(["group WC: do"]);
  });

  it("keeps what is confidential out of groups and from the street's leaders", () => {
    const subject = anEventSubject({ confidential: true });
    expect(heard("accept", "WC", null, { subject }).told).toEqual([
      "dispatcher: do",
      "supervisor: supervise",
    ]);
  });

  it("tells the command room where the owner has nobody, and names the gap", () => {
    const directory = aDirectory(everybody.filter(({ id }) => id !== "station"));
    const found = heard("sign", "WC-HW", null, { directory, audience: ["owner"] });
    expect(found).toEqual({ told: ["group WC: supervise"], gaps: ["owner of WC-HW"] });
  });

  it("tells the district where a street has no command room", () => {
    const directory = aDirectory(
      everybody.filter(({ id }) => id !== "dispatcher"),
      [],
    );
    const found = heard("sign", "WC-HW", null, { directory, audience: ["owner", "commandRoom"] });
    expect(found).toEqual({ told: ["station: do", "center: look"], gaps: ["commandRoom of WC"] });
  });

  it("goes one further up where a leader is missing, and names the gap", () => {
    const directory = aDirectory(
      everybody.filter(({ id }) => !["gridLeader", "officer", "principal"].includes(id)),
    );
    const found = heard("verify", "HB", "worker", { directory, audience: ["owner", "leader"] });
    expect(found).toEqual({
      told: ["worker: do", "center: look"],
      gaps: ["leader of HB", "leader of WC"],
    });
  });

  it("names a district without supervisors", () => {
    const directory = aDirectory(everybody.filter(({ id }) => id !== "supervisor"));
    expect(heard("accept", "WC", null, { directory }).gaps).toEqual(["supervisor of Q"]);
  });

  it("never asks whoever handled an event to verify it, and calls that no gap", () => {
    const byWorker = anEventSubject({ handlers: ["worker"] });
    expect(heard("verify", "HB", "worker", { subject: byWorker })).toEqual({
      told: [
        "gridLeader: do",
        "group WC: supervise",
        "officer: supervise",
        "supervisor: supervise",
      ],
      gaps: [],
    });
    const byBoth = anEventSubject({ handlers: ["worker", "gridLeader"] });
    expect(heard("verify", "HB", "worker", { subject: byBoth, audience: ["owner"] })).toEqual({
      told: ["group WC: supervise"],
      gaps: [],
    });
    const byLeader = anEventSubject({ handlers: ["gridLeader"] });
    expect(
      heard("verify", "HB", "worker", { subject: byLeader, audience: ["owner", "leader"] }),
    ).toEqual({ told: ["worker: do", "officer: supervise"], gaps: [] });
  });

  it("still asks whoever handles an event for everything else", () => {
    const subject = anEventSubject({ handlers: ["station"] });
    expect(heard("complete", "WC-HW", "station", { subject, audience: ["owner"] }).told).toEqual([
      "station: do",
    ]);
  });

  it("falls back on the organisation when the person is no longer in the registry", () => {
    expect(heard("complete", "WC-HW", "left-last-year", { audience: ["owner"] }).told).toEqual([
      "station: do",
    ]);
  });
});

describe("who hears of a duty while somebody is away", () => {
  const second = person("responder2", "ZF", "responder");
  const directory = (presence: Partial<ReminderDirectory["presence"]>): ReminderDirectory => ({
    ...aDirectory([...everybody, second]),
    presence: { ...EVERYBODY_PRESENT, ...presence },
  });
  const owner = ["owner"] as const;

  it("is the deputy, in the place of whoever is on leave", () => {
    const away = directory({ deputies: new Map([["principal", "officer"]]) });
    expect(heard("approve", "WC", "principal", { directory: away, audience: owner }).told).toEqual([
      "officer: do",
    ]);
  });

  it("is the deputy's deputy, and nobody in circles", () => {
    const chain = new Map([
      ["principal", "officer"],
      ["officer", "dispatcher"],
    ]);
    const told = (deputies: Map<string, string>) =>
      heard("approve", "WC", "principal", {
        directory: directory({ deputies }),
        audience: owner,
      }).told;
    expect(told(chain)).toEqual(["dispatcher: do"]);
    expect(told(new Map([...chain, ["dispatcher", "principal"]]))).toEqual(["dispatcher: do"]);
  });

  it("is the person themselves where the deputy has left or may not verify it", () => {
    const gone = directory({ deputies: new Map([["principal", "nobody"]]) });
    expect(heard("approve", "WC", "principal", { directory: gone, audience: owner }).told).toEqual([
      "principal: do",
    ]);
    const subject = anEventSubject({ handlers: ["station"] });
    const handler = directory({ deputies: new Map([["worker", "station"]]) });
    expect(
      heard("verify", "HB", "worker", { directory: handler, subject, audience: owner }).told,
    ).toEqual(["worker: do"]);
  });

  it("is whoever is on duty today, and everybody where the roster is silent", () => {
    const asked = (onDuty: [string, string[]][]) =>
      heard("respond", "ZF", null, {
        subject: aCall,
        directory: directory({ onDuty: new Map(onDuty) }),
        audience: owner,
      }).told;
    expect(asked([["ZF", ["responder2"]]])).toEqual(["responder2: do"]);
    expect(asked([])).toEqual(["responder: do", "responder2: do"]);
    expect(asked([["ZF", ["somebody-else"]]])).toEqual(["responder: do", "responder2: do"]);
  });
});
