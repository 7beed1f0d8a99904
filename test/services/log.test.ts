import { describe, expect, it } from "vitest";
import { silentLog } from "../../services/log.ts";
import { noteOutput, takeLogged, tellingLines } from "../support/logged.ts";

describe("what the product logs while tests run", () => {
  it("is kept, with hidden what the log hides by name", () => {
    takeLogged();
    silentLog.info({ token: "yh_mXr9QzWp0LkTsVb3NcYd8HgJf5RaEuTo2i", a: { phone: "13800000001" } });
    silentLog.child({ part: "x" }).trace("kept too");
    const logged = takeLogged();
    expect(logged).toHaveLength(2);
    expect(logged[0]).toContain('"token":"[hidden]"');
    expect(tellingLines(logged)).toEqual([]);
  });

  it.each([
    ["a token", "yh_mXr9QzWp0LkTsVb3NcYd8HgJf5RaEuTo2i"],
    ["the administrator's token", "the-admin-token-of-these-tests"],
    ["a phone", "call 13800000001 back"],
    ["an identity number", "33010619900101123X"],
    ["a secret of a webhook", "whsec_c29tZXRoaW5nLXJhbmRvbS1vZi1lbm91Z2g="],
    ["a resident's words", "学院公寓3幢楼下垃圾桶满了没人倒"],
  ])("would fail its file with %s in it", (_what, text) => {
    takeLogged();
    silentLog.info(text);
    expect(tellingLines(takeLogged())).toHaveLength(1);
  });

  it("does not take ids and moments for numbers of people", () => {
    const line =
      '{"level":30,"time":1764118800000,"id":"019abcde-1380-7000-8138-138000000011","hash":"13800000001aaaaaaaaaaaaaaaaaaaaa13800000001"}';
    expect(tellingLines([line])).toEqual([]);
  });

  it("is heard from processes too, and what they print for their operator is not taken for it", () => {
    takeLogged();
    noteOutput('admin token: 0123\n{"level":40,"msg":"13800000001"}\n');
    expect(tellingLines(takeLogged())).toHaveLength(1);
  });
});
