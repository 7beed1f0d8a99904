import { describe, expect, it } from "vitest";
import { CALL_STATUSES } from "../../../services/domain/call-ticket.ts";
import { gatherEvidence } from "../../../services/domain/gather-evidence.ts";
import {
  aDispatchedCall,
  anArrival,
  anEmergency,
  aResponse,
  at,
  hasArrived,
} from "../../support/call-tickets.ts";

const justBefore = (moment: Date) => new Date(moment.getTime() - 1);
const found = (call: Parameters<typeof gatherEvidence>[0], now: Date) =>
  gatherEvidence(call, now).map(
    ({ deptCode, faults }) => `${deptCode} ${faults.map(({ fault }) => fault).join("+")}`,
  );

describe("the evidence that time makes", () => {
  it("is silence when the limit is reached, not before", () => {
    const call = aDispatchedCall();
    expect(found(call, justBefore(at("11:00")))).toEqual([]);
    expect(found(call, at("11:00"))).toEqual(["ZF noResponse", "SJ noResponse"]);
    expect(gatherEvidence(call, at("11:00"))[0]?.faults).toEqual([
      {
        fault: "noResponse",
        evidence: "应于11月25日11:00前响应,未响应",
        recordedAt: at("11:00"),
        finding: null,
        appeal: null,
      },
    ]);
  });

  it("is an absence an hour after the time, not before", () => {
    const call = aDispatchedCall({
      responses: [aResponse("SJ", { status: "accepted", respondedAt: at("10:00") })],
    });
    expect(found(call, justBefore(at("26 20:40")))).toEqual([]);
    expect(found(call, at("26 20:40"))).toEqual(["SJ noShow"]);
  });

  it("is both for whoever was silent and stayed away", () => {
    expect(found(anEmergency(), at("10:30"))).toEqual([
      "ZF noResponse+noShow",
      "SJ noResponse+noShow",
    ]);
  });

  it("says of an unconfirmed arrival that it was claimed", () => {
    const claim = anArrival(at("26 19:38"), { distanceM: 800 });
    const call = aDispatchedCall({
      responses: [aResponse("SJ", { status: "accepted", respondedAt: at("10:00"), claim })],
    });
    expect(gatherEvidence(call, at("26 20:40"))[0]?.faults[0]?.evidence).toBe(
      "应于11月26日19:40到场,未到场,自称11月26日19:38到场,街道未确认",
    );
  });

  it("is noted once", () => {
    const call = aDispatchedCall();
    const responses = gatherEvidence(call, at("11:00"));
    expect(gatherEvidence({ ...call, responses }, at("14:00"))).toEqual([]);
  });

  it("is not made of those who answered, came, objected or were let go", () => {
    const call = aDispatchedCall({
      status: "onSite",
      responses: [
        hasArrived("ZF"),
        aResponse("SJ", { status: "declined", respondedAt: at("10:00") }),
        aResponse("HJ", { releasedAt: at("10:00") }),
      ],
    });
    expect(found(call, at("30 12:00"))).toEqual([]);
  });

  it("is gathered as long as the ticket is under way", () => {
    const gathered = CALL_STATUSES.filter(
      (status) => found(aDispatchedCall({ status }), at("12:00")).length > 0,
    );
    expect(gathered).toEqual(["dispatched", "onSite", "pendingClosing"]);
  });
});
