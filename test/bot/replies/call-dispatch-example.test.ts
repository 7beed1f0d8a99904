import { describe, expect, it } from "vitest";
import { dispatchExample } from "../../../bot/replies/call-dispatch-example.ts";
import { aCall, aDispatchedCall, at } from "../../support/call-tickets.ts";

const nothing = { departments: [], reportAt: null, reportPlace: null };
const org = (code: string) => `${code}局`;
const exampleOf = (
  call = aCall(),
  said: Parameters<typeof dispatchExample>[1] = nothing,
  headcount: number | null = null,
  now = at("09:00"),
) => dispatchExample(call, said, headcount, now, org);

describe("the sentence that would send the departments", () => {
  it("is the ticket's own, with the number the list requires", () => {
    expect(exampleOf()).toBe("派遣 HJ20261125-001 ZF局 SJ局 11月26日19:40 滨河路解放街口");
    expect(exampleOf(aCall(), nothing, 4)).toBe(
      "派遣 HJ20261125-001 ZF局4人 SJ局4人 11月26日19:40 滨河路解放街口",
    );
  });

  it("keeps what was said", () => {
    const said = {
      departments: [{ deptCode: "HJ", headcount: 1 }],
      reportAt: at("27 08:30"),
      reportPlace: null,
    };
    expect(exampleOf(aCall(), said)).toBe(
      "派遣 HJ20261125-001 HJ局1人 11月27日08:30 滨河路解放街口",
    );
  });

  it("is none where the time has passed or the ticket lacks it too", () => {
    expect(exampleOf(aCall(), nothing, null, at("26 19:41"))).toBeNull();
    expect(exampleOf(aCall({ reportAt: null }))).toBeNull();
    expect(exampleOf(aCall({ wantedDepts: [] }))).toBeNull();
  });

  it("is none once departments were sent: a later dispatch says what changes", () => {
    expect(exampleOf(aDispatchedCall())).toBeNull();
  });

  it("needs no time in an emergency", () => {
    const alarm = aCall({ callType: "emergency", reportAt: null });
    expect(exampleOf(alarm)).toBe("派遣 HJ20261125-001 ZF局 SJ局 滨河路解放街口");
  });
});
