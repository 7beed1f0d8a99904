import { describe, expect, it } from "vitest";
import { NOWHERE } from "../../../services/domain/event.ts";
import {
  aCall,
  at,
  callAfter,
  change,
  decided,
  district,
  officer,
  principal,
  said,
  told,
} from "../../support/call-tickets.ts";

const pending = aCall({ status: "pendingApproval" });

describe("a draft", () => {
  const bare = aCall({ wantedDepts: [], place: NOWHERE, reportPlace: NOWHERE, reportAt: null });

  it("says everything it lacks, in the order it is asked for", () => {
    expect(decided(bare, { action: "submit" }, officer)).toMatchObject({
      code: "fieldRequired",
      detail: { field: "departments", missing: ["departments", "place", "reportAt"] },
    });
    expect(decided(aCall({ itemNo: null }), { action: "submit" }, officer)).toMatchObject({
      code: "fieldRequired",
      detail: { field: "itemNo" },
    });
  });

  it("goes for signature by itself once nothing is missing", () => {
    const withDepts = callAfter(bare, { action: "amend", deptCodes: ["ZF"] }, officer);
    const withPlace = callAfter(
      withDepts,
      { action: "amend", place: { raw: "桥头市场" } },
      officer,
    );
    expect(withPlace.status).toBe("draft");
    const last = change(
      withPlace,
      { action: "amend", reportAt: "2026-11-26T20:00:00+08:00" },
      officer,
    );
    expect(last).toMatchObject({
      to: "pendingApproval",
      patch: { reportAt: at("26 20:00") },
      note: "修改:时间",
    });
    expect(told(last)).toEqual(["principal callToApprove"]);
    expect(last.notices[0]?.params).toMatchObject({ place: "桥头市场", depts: ["ZF"] });
  });

  it("of an emergency needs neither time nor place", () => {
    const emergency = { ...bare, callType: "emergency" as const, wantedDepts: ["YJ"] };
    expect(decided(emergency, { action: "submit" }, officer)).toMatchObject({
      to: "pendingApproval",
    });
  });
});

describe("until it is signed", () => {
  it("the street changes what it likes, and the principal hears of it", () => {
    const cause =
      "滨河路夜市占道油烟噪声反复回潮,附近三个小区居民多次投诉,上月整治后没几天又都回来了";
    const changed = change(
      pending,
      { action: "amend", cause, deptCodes: ["ZF", "SJ", "GA"] },
      officer,
    );
    expect(changed).toMatchObject({
      to: "pendingApproval",
      patch: { cause, wantedDepts: ["ZF", "SJ", "GA"] },
      note: "修改:事由、部门",
    });
    expect([...(changed.patch.summary ?? "")].length).toBe(40);
    expect(told(changed)).toEqual(["principal callAmended"]);
  });

  it("a change leaves alone what it does not name", () => {
    expect(said({ action: "amend", cause: "换个事由" })).toEqual({
      action: "amend",
      cause: "换个事由",
    });
    expect(decided(pending, { action: "amend" }, officer)).toMatchObject({
      code: "fieldRequired",
    });
  });

  it("the place to report is the place it is about, unless the district says otherwise", () => {
    const changed = change(pending, { action: "amend", place: { raw: "桥头市场" } }, officer);
    expect(changed.patch.reportPlace).toEqual(changed.patch.place);
  });

  it("and not any more afterwards", () => {
    const signed = callAfter(pending, { action: "approve" }, principal);
    expect(decided(signed, { action: "amend", cause: "改" }, officer)).toMatchObject({
      code: "notAllowed",
      detail: { status: "approved" },
    });
  });
});

describe("the signature", () => {
  it("calls the district, and the street hears of it", () => {
    const signed = change(pending, { action: "approve", note: "同意" }, principal, at("09:10"));
    expect(signed).toMatchObject({
      from: "pendingApproval",
      to: "approved",
      patch: { approval: { by: { personId: "p-streetPrincipal" }, at: at("09:10") } },
    });
    expect(told(signed)).toEqual(["district callToAssess", "callingStreet callApproved"]);
  });

  it("is given once: a second one is told who signed, and changes nothing", () => {
    const signed = callAfter(pending, { action: "approve" }, principal, at("09:10"));
    expect(decided(signed, { action: "approve" }, principal, at("09:20"))).toMatchObject({
      ok: false,
      code: "alreadyApproved",
      detail: { by: "王主任" },
      allowed: ["cancel", "urge", "instruct"],
    });
    expect(signed.approval?.at).toEqual(at("09:10"));
  });

  it("is refused with a reason, and what is mended goes for signature again by itself", () => {
    const without = decided(pending, { action: "rejectApproval", reason: "  " }, principal);
    expect(without).toMatchObject({ code: "reasonRequired" });
    const returned = callAfter(
      pending,
      { action: "rejectApproval", reason: "时间太晚" },
      principal,
    );
    expect(returned.status).toBe("approvalRejected");
    const mended = change(
      returned,
      { action: "amend", reportAt: "2026-11-26T10:00:00+08:00" },
      officer,
    );
    expect(mended.to).toBe("pendingApproval");
    expect(told(mended)).toEqual(["principal callToApprove"]);
  });
});

describe("the district's assessment", () => {
  const signed = callAfter(pending, { action: "approve" }, principal);

  it("takes it up, or sends it back with a reason", () => {
    expect(decided(signed, { action: "assess" }, district)).toMatchObject({ to: "assessing" });
    expect(decided(signed, { action: "assess", passed: false }, district)).toMatchObject({
      code: "reasonRequired",
    });
    const back = change(
      signed,
      { action: "assess", passed: false, reason: "先由属地履责" },
      district,
    );
    expect(back.to).toBe("assessReturned");
    expect(told(back)).toEqual(["callingStreet callReturned"]);
  });

  it("sent back takes the signature off: what is changed is signed again", () => {
    const back = callAfter(signed, { action: "assess", passed: false, reason: "缺材料" }, district);
    expect(back.approval).toBeNull();
    const mended = callAfter(back, { action: "amend", cause: "补了材料,仍要联合整治" }, officer);
    expect(mended.status).toBe("pendingApproval");
    expect(callAfter(mended, { action: "approve" }, principal)).toMatchObject({
      status: "approved",
    });
  });
});
