import { describe, expect, it } from "vitest";
import { nextPath } from "../../../web/login/next-path.ts";

const to = (wanted: string) => nextPath(`?next=${encodeURIComponent(wanted)}`, "/desk");

describe("where the sign-in leads", () => {
  it.each(["/m/", "/m/events/SJ20261125-0001", "/desk", "/desk/calls?no=HJ1#x", "/m"])(
    "to our own page %s",
    (path) => {
      expect(to(path)).toBe(path);
    },
  );

  it.each([
    "https://evil.example/m/",
    "//evil.example/m/",
    "/\\evil.example/m/",
    "\\\\evil.example",
    "/\t/evil.example/m",
    "javascript:alert(1)",
    "data:text/html,x",
    "/m/../api/session",
    "/.//evil.example",
    "/metrics",
    "/desktop",
    "/api/docs",
    "http://here.invalid@evil.example/m/",
    "",
  ])("not to %j", (wanted) => {
    expect(to(wanted)).toBe("/desk");
  });

  it("leads to the usual page where nothing else is wanted", () => {
    expect(nextPath("", "/m/")).toBe("/m/");
  });
});
