import { describe, expect, it } from "vitest";
import { chosenPlace, DIALOG_PLACES } from "../../../bot/answers/chosen-place.ts";

const dialog = {
  [DIALOG_PLACES]: [
    { addressCode: "A1", name: "柳岸新村幼儿园", gridCode: "G1" },
    { addressCode: "A2", name: "小白鸽幼儿园", gridCode: "G2" },
  ],
};

describe("which of the offered places is meant", () => {
  it.each([
    ["1", "A1"],
    ["第二个", "A2"],
    ["二", "A2"],
    ["小白鸽那个。", "A2"],
    ["是柳岸新村幼儿园", "A1"],
  ])("%s", (text, code) => {
    expect(chosenPlace(dialog, text)?.addressCode).toBe(code);
  });

  it.each(["3", "幼儿园", "园", "不知道", ""])("is open after 「%s」", (text) => {
    expect(chosenPlace(dialog, text)).toBeNull();
  });

  it("is nothing where no places were offered", () => {
    expect(chosenPlace({}, "1")).toBeNull();
  });
});
