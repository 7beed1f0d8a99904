import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Actor, ROLES, type Role } from "../../../services/domain/actor.ts";
import {
  ALARM_KINDS,
  ALARM_RULES,
  type AlarmKind,
  type AlarmSubject,
  isUrgentAlarm,
} from "../../../services/domain/alarm.ts";
import { personalField } from "../../../services/domain/alarm-privacy.ts";
import { isWithinReach } from "../../../services/domain/alarm-reach.ts";
import {
  alarmScope,
  mayDecideAlarm,
  mayKnowAlarm,
  maySeeAlarm,
} from "../../../services/domain/alarm-rights.ts";
import { decideAlarm } from "../../../services/domain/decide-alarm.ts";
import { withoutDoor } from "../../../services/domain/doors.ts";
import { dutiesOfAlarm } from "../../../services/domain/duties-of-alarm.ts";
import { DEFAULT_POLICY } from "../../../services/domain/policy.ts";
import {
  type KnownAlarm,
  repeatedAlarm,
  type ToldAlarm,
} from "../../../services/domain/same-alarm.ts";
import { MINUTE_MS } from "../../../services/domain/time.ts";

const NOW = new Date("2026-11-25T09:00:00+08:00");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE_MS);

const anAlarm = (changes: Partial<AlarmSubject> = {}): AlarmSubject => ({
  no: "GJ20261125-0001",
  kind: "litter",
  state: "open",
  gridCode: "G1",
  streetCode: "S1",
  decidedBy: null,
  ...changes,
});
const somebody = (roles: readonly Role[], changes: Partial<Actor> = {}): Actor => ({
  personId: "p1",
  name: "某某",
  orgCode: "S1",
  streetCode: "S1",
  roles,
  gridCodes: ["G1"],
  channel: "sandbox",
  platformUserId: "p1",
  ...changes,
});

describe("fields about persons", () => {
  it.each([
    "face",
    "faceId",
    "face_image",
    "plate",
    "plateNumber",
    "licensePlate",
    "LicencePlate",
    "idCard",
    "identity",
    "id_card_no",
    "personName",
    "name",
    "phone",
    "mobile_number",
    "track",
    "trackId",
    "trajectory",
    "pedestrianCount",
    "gender",
    "ageGroup",
    "gait",
    "reid",
    "人脸",
    "车牌号",
    "住户姓名",
  ])("are found: %s", (name) => {
    expect(personalField({ kind: "litter", [name]: 1 })).toBe(name);
    expect(personalField({ reading: [{ [name]: 1 }] })).toBe(`reading.0.${name}`);
  });

  it("are none of those that an alarm has", () => {
    const whole = {
      kind: "litter",
      device: "C-1",
      at: "2026-11-25T09:00:00+08:00",
      place: "路口",
      lng: 1,
      lat: 2,
      datum: "wgs84",
      reading: { value: 1, unit: "m" },
      picture: "",
    };
    expect(personalField(whole)).toBeNull();
    for (const other of ["message", "stage", "usage", "latitude", "package"])
      expect(personalField({ [other]: 1 })).toBeNull();
  });

  it("are found in what is written, too: plates and numbers of persons", () => {
    expect(personalField({ place: "张三家门口,车牌浙C12345" })).toBe("place");
    expect(personalField({ reading: { note: "浙CD12345" } })).toBe("reading.note");
    expect(personalField({ place: "解放街12号,浙商银行门口" })).toBeNull();
  });

  it("are looked for in anything, however deep or strange", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void personalField(value)));
    let deep: unknown = 1;
    for (let level = 0; level < 5000; level++) deep = [deep];
    expect(personalField(deep)).toBeNull();
  });
});

describe("an alarm that may repeat another", () => {
  const told = (changes: Partial<ToldAlarm> = {}): ToldAlarm => ({
    kind: "litter",
    device: "C-1",
    position: { lng: 120.5, lat: 28.5 },
    ...changes,
  });
  const known = (changes: Partial<KnownAlarm> = {}): KnownAlarm => ({
    ...told(),
    no: "GJ1",
    state: "open",
    lastAt: minutesAgo(1),
    decidedAt: null,
    eventOpen: false,
    ...changes,
  });
  const decided = (state: "confirmed" | "falseAlarm", minutes: number, eventOpen = false) =>
    known({ state, decidedAt: minutesAgo(minutes), eventOpen });
  /** About so many metres to the north. */
  const north = (metres: number) => ({ lng: 120.5, lat: 28.5 + metres / 111_195 });

  it("repeats what waits for a person: by its device always, by others nearby and soon", () => {
    expect(repeatedAlarm(told(), [known({ lastAt: minutesAgo(100_000) })], NOW)).toBe("GJ1");
    const other = (metres: number, minutes: number) =>
      repeatedAlarm(
        told({ device: "C-2", position: north(metres) }),
        [known({ lastAt: minutesAgo(minutes) })],
        NOW,
      );
    expect(other(29, 239)).toBe("GJ1");
    expect(other(31, 239)).toBeNull();
    expect(other(29, 240)).toBeNull();
    expect(repeatedAlarm(told({ device: "C-2", position: null }), [known()], NOW)).toBeNull();
    expect(repeatedAlarm(told(), [known({ position: null })], NOW)).toBe("GJ1");
  });

  it.each(ALARM_KINDS)("repeats none of another kind: %s", (kind) => {
    for (const other of ALARM_KINDS)
      expect(repeatedAlarm(told({ kind }), [known({ kind: other })], NOW)).toBe(
        kind === other ? "GJ1" : null,
      );
  });

  it.each(ALARM_KINDS)("of a home is that of its device alone: %s", (kind) => {
    const beside = told({ kind, device: "C-2" });
    const { joinM } = ALARM_RULES[kind];
    expect(repeatedAlarm(beside, [known({ kind })], NOW)).toBe(joinM === 0 ? null : "GJ1");
    if (ALARM_RULES[kind].home) expect(joinM).toBe(0);
  });

  it("repeats a false one for the minutes of its kind from the decision, then it is news", () => {
    expect(repeatedAlarm(told(), [decided("falseAlarm", 239)], NOW)).toBe("GJ1");
    expect(repeatedAlarm(told(), [decided("falseAlarm", 240)], NOW)).toBeNull();
  });

  it("repeats one whose event is open, unless lives may be at stake", () => {
    expect(repeatedAlarm(told(), [decided("confirmed", 100_000, true)], NOW)).toBe("GJ1");
    expect(repeatedAlarm(told(), [decided("confirmed", 100_000)], NOW)).toBeNull();
    const smoke = { ...decided("confirmed", 11, true), kind: "smoke" as const };
    expect(repeatedAlarm(told({ kind: "smoke" }), [smoke], NOW)).toBeNull();
    const soon = { ...smoke, decidedAt: minutesAgo(9) };
    expect(repeatedAlarm(told({ kind: "smoke" }), [soon], NOW)).toBe("GJ1");
  });

  it("repeats what waits before what is settled", () => {
    const both = [decided("falseAlarm", 1), known({ no: "GJ2" })];
    expect(repeatedAlarm(told(), both, NOW)).toBe("GJ2");
  });
});

describe("who may do what with an alarm", () => {
  const KINDS: readonly AlarmKind[] = ["litter", "electricity"];

  it("confirms it: the command room, and the grid where lives may be at stake", () => {
    for (const kind of KINDS) {
      const may = ROLES.filter((role) => mayDecideAlarm(somebody([role]), anAlarm({ kind })));
      expect(may).toEqual(
        isUrgentAlarm(kind) ? ["gridWorker", "gridLeader", "dispatcher"] : ["dispatcher"],
      );
      const elsewhere = { streetCode: "S2", gridCodes: ["G2"] };
      for (const role of ROLES)
        expect(mayDecideAlarm(somebody([role], elsewhere), anAlarm({ kind }))).toBe(false);
    }
    const nowhere = anAlarm({ streetCode: null, gridCode: null });
    expect(ROLES.filter((role) => mayDecideAlarm(somebody([role]), nowhere))).toEqual([
      "dispatcher",
      "districtDispatcher",
    ]);
  });

  it("confirms it as a person: neither system nor token", () => {
    for (const power of ["system", "token"] as const)
      expect(mayDecideAlarm(somebody(ROLES, { personId: null, power }), anAlarm())).toBe(false);
  });

  it("knows whose home it is: grid and command room; that it was: those above; others nothing", () => {
    const home = anAlarm({ kind: "electricity" });
    const seeing = ROLES.filter((role) => maySeeAlarm(somebody([role]), home));
    expect(seeing).toEqual([
      "gridWorker",
      "gridLeader",
      "dispatcher",
      "streetOfficer",
      "streetPrincipal",
      "districtDispatcher",
      "supervisor",
      "admin",
    ]);
    const knowing = ROLES.filter((role) => mayKnowAlarm(somebody([role]), home));
    expect(knowing).toEqual(["gridWorker", "gridLeader", "dispatcher"]);
    expect(mayKnowAlarm(somebody([], { power: "token" }), home)).toBe(false);
    // Of the street there is nothing to hide.
    expect(ROLES.filter((role) => mayKnowAlarm(somebody([role]), anAlarm()))).toEqual(seeing);
    expect(maySeeAlarm(somebody([]), home)).toBe(false);
  });

  it("finds in a list what it may see, and nothing else", () => {
    const places = [
      { streetCode: "S1", gridCode: "G1" },
      { streetCode: "S2", gridCode: "G2" },
      { streetCode: "S1", gridCode: null },
      { streetCode: null, gridCode: null },
    ];
    for (const role of ROLES)
      for (const place of places) {
        const actor = somebody([role]);
        const scope = alarmScope(actor);
        const listed =
          scope === "everything" ||
          (scope.street !== null && scope.street === place.streetCode) ||
          (scope.nowhere && place.streetCode === null) ||
          (place.gridCode !== null && scope.grids.includes(place.gridCode));
        expect([role, place, listed]).toEqual([role, place, maySeeAlarm(actor, anAlarm(place))]);
      }
  });

  it("sends within its reach", () => {
    const at = { gridCode: "G1", streetCode: "S1" };
    const nowhere = { gridCode: null, streetCode: null };
    expect(isWithinReach({ streetCode: null, gridCodes: [] }, at)).toBe(true);
    expect(isWithinReach({ streetCode: null, gridCodes: [] }, nowhere)).toBe(true);
    expect(isWithinReach({ streetCode: "S1", gridCodes: [] }, at)).toBe(true);
    expect(isWithinReach({ streetCode: "S2", gridCodes: [] }, at)).toBe(false);
    expect(isWithinReach({ streetCode: "S1", gridCodes: [] }, nowhere)).toBe(true);
    const outside = { ...nowhere, position: { lng: 120.9, lat: 28.9 } };
    expect(isWithinReach({ streetCode: "S1", gridCodes: [] }, outside)).toBe(false);
    expect(isWithinReach({ streetCode: null, gridCodes: [] }, outside)).toBe(true);
    expect(isWithinReach({ streetCode: null, gridCodes: ["G1"] }, at)).toBe(true);
    expect(isWithinReach({ streetCode: "S1", gridCodes: ["G2"] }, at)).toBe(false);
    expect(isWithinReach({ streetCode: "S1", gridCodes: ["G1"] }, nowhere)).toBe(false);
  });
});

describe("deciding on an alarm", () => {
  const dispatcher = somebody(["dispatcher"]);

  it("is done once, with a reason where it is false", () => {
    expect(decideAlarm(anAlarm(), { action: "confirmAlarm" }, dispatcher)).toEqual({
      ok: true,
      to: "confirmed",
      reason: null,
    });
    expect(
      decideAlarm(anAlarm(), { action: "falseAlarm", reason: " 环卫车 " }, dispatcher),
    ).toEqual({ ok: true, to: "falseAlarm", reason: "环卫车" });
    const empty = decideAlarm(anAlarm(), { action: "falseAlarm", reason: "  " }, dispatcher);
    expect(empty).toMatchObject({ ok: false, code: "reasonRequired" });
    for (const state of ["confirmed", "falseAlarm"] as const)
      expect(decideAlarm(anAlarm({ state }), { action: "confirmAlarm" }, dispatcher)).toMatchObject(
        { ok: false, code: "notAllowed", detail: { status: state } },
      );
  });

  it("is refused without a right, and unknown to whoever may not see it", () => {
    expect(
      decideAlarm(anAlarm(), { action: "confirmAlarm" }, somebody(["supervisor"])),
    ).toMatchObject({ code: "noRight" });
    expect(
      decideAlarm(anAlarm(), { action: "confirmAlarm" }, somebody(["responder"])),
    ).toMatchObject({ code: "notFound" });
  });
});

describe("what is owed on an alarm", () => {
  const room = { orgCode: "S1", personId: null };
  const worker = { orgCode: "C1", personId: "w1" };

  it.each(ALARM_KINDS)("is owed by the command room, and by the grid in danger: %s", (kind) => {
    const owed = dutiesOfAlarm(
      anAlarm({ kind }),
      { commandRoom: room, gridWorker: worker },
      DEFAULT_POLICY,
      NOW,
    );
    expect(owed.map(({ owner }) => owner)).toEqual(isUrgentAlarm(kind) ? [room, worker] : [room]);
    for (const { duty, limit } of owed) {
      expect(duty).toBe("confirmAlarm");
      expect(limit).toEqual(DEFAULT_POLICY.alarms[kind]);
      // What may cost lives is reminded of at night, and so runs in natural time.
      expect("naturalMinutes" in limit).toBe(isUrgentAlarm(kind));
    }
    for (const state of ["confirmed", "falseAlarm"] as const)
      expect(
        dutiesOfAlarm(
          anAlarm({ kind, state }),
          { commandRoom: room, gridWorker: worker },
          DEFAULT_POLICY,
          NOW,
        ),
      ).toEqual([]);
  });
});

it.each([
  ["南塘家园6号楼2单元301室", "南塘家园6号楼"],
  ["南塘家园6幢301", "南塘家园6幢"],
  ["南塘家园2单元301室", "南塘家园"],
  ["柳岸新村3号-301", "柳岸新村3号"],
  ["桥头路18号", "桥头路18号"],
])("a building is named without its door: %s", (place, building) => {
  expect(withoutDoor(place)).toBe(building);
});
