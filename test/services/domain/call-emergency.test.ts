import { describe, expect, it } from "vitest";
import { actorRef, SYSTEM } from "../../../services/domain/actor.ts";
import {
  aCall,
  anEmergency,
  anItem,
  at,
  CORNER,
  callAfter,
  change,
  decided,
  district,
  faultsIn,
  hasCompleted,
  officer,
  principal,
  responderOf,
  responseIn,
  type SaidDispatch,
  told,
} from "../../support/call-tickets.ts";

const alarm = aCall({ callType: "emergency", itemNo: null, reportAt: null });
const atOnce: SaidDispatch = {
  action: "dispatch",
  departments: [{ deptCode: "YJ" }, { deptCode: "XF" }],
  reportPlace: { raw: "桥头工业区", ...CORNER },
};
const night = at("23:00");

describe("an emergency", () => {
  const sent = callAfter(alarm, atOnce, SYSTEM, night, { item: null });

  it("is sent before anybody signs, to report at once", () => {
    expect(sent).toMatchObject({ status: "dispatched", approval: null, reportAt: night });
  });

  it("is told to whoever has to sign for it and to the district, once", () => {
    const first = change(alarm, atOnce, SYSTEM, night, { item: null });
    expect(told(first)).toEqual([
      "department:YJ callDispatched",
      "department:XF callDispatched",
      "callingStreet callDispatchedToStreet",
      "principal callToSupplement",
      "district emergencyDispatched",
    ]);
    expect(first.notices.at(-1)?.params).toMatchObject({
      depts: ["YJ", "XF"],
      reportPlace: "桥头工业区",
      respondBy: at("23:15").toISOString(),
    });
    const more = change(
      sent,
      { action: "dispatch", departments: [{ deptCode: "ZJ" }] },
      district,
      at("23:20"),
    );
    expect(told(more)).toEqual(["department:ZJ callDispatched", "callingStreet callRedispatched"]);
  });

  it("that was signed before it was sent asks for no second signature", () => {
    const signed = { ...alarm, approval: { by: actorRef(principal), at: at("22:50") } };
    expect(told(change(signed, atOnce, SYSTEM, night, { item: null }))).not.toContain(
      "principal callToSupplement",
    );
  });

  it("counts natural minutes, at night too: 15 to answer and 30 to come", () => {
    expect(responseIn(sent, "YJ")).toMatchObject({
      respondBy: at("23:15"),
      arriveBy: at("23:30"),
    });
  });

  it("gives the minutes of its item where it has one", () => {
    const listed = callAfter(alarm, atOnce, SYSTEM, night, {
      item: anItem({ respondMinutes: 30, arriveMinutes: 60 }),
    });
    expect(responseIn(listed, "YJ")).toMatchObject({
      respondBy: at("23:30"),
      arriveBy: at("26 00:00"),
    });
  });

  it("gives whoever is called later the same time from then on", () => {
    const more = callAfter(
      sent,
      { action: "dispatch", departments: [{ deptCode: "ZJ" }] },
      district,
      at("23:20"),
      { item: null },
    );
    expect(responseIn(more, "ZJ")).toMatchObject({ respondBy: at("23:35"), arriveBy: at("23:50") });
    expect(responseIn(more, "YJ")).toMatchObject({ arriveBy: at("23:30") });
  });

  it("is urgent in everything it says", () => {
    const answered = change(sent, { action: "respond" }, responderOf("YJ"), at("23:05"));
    expect(answered.notices.map(({ urgent }) => urgent)).toEqual([true, true]);
  });

  it("is late when it is late", () => {
    const late = callAfter(sent, { action: "checkIn", ...CORNER }, responderOf("YJ"), at("23:31"));
    expect(faultsIn(late, "YJ")).toEqual(["lateResponse", "lateArrival"]);
  });
});

describe("the signature for an emergency", () => {
  it("comes afterwards and moves nothing", () => {
    for (const call of [
      anEmergency(),
      anEmergency({ status: "onSite" }),
      anEmergency({ status: "pendingClosing" }),
      anEmergency({ status: "closed", responses: [hasCompleted("ZF")] }),
    ]) {
      const signed = change(call, { action: "approve" }, principal, at("10:00"));
      expect(signed).toMatchObject({
        from: call.status,
        to: call.status,
        patch: { approval: { at: at("10:00") } },
      });
      expect(signed.responses).toBe(call.responses);
      expect(told(signed)).toEqual(["district callSupplemented"]);
    }
  });

  it("that is refused calls nobody back, but reaches the supervisors", () => {
    for (const status of ["dispatched", "closed"] as const) {
      const refused = change(
        anEmergency({ status }),
        { action: "rejectApproval", reason: "不属突发" },
        principal,
      );
      expect(refused.to).toBe(status);
      expect(told(refused)).toEqual([
        "supervisors emergencyNotApproved",
        "district emergencyNotApproved",
        "callingStreet emergencyStillUnsigned",
      ]);
    }
  });

  it("is nobody's but the principal's", () => {
    expect(decided(anEmergency(), { action: "approve" }, officer)).toMatchObject({
      code: "noRight",
    });
  });
});
