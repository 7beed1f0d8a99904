import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callsBy } from "../../support/api-calls.ts";
import { openWholeApp, type WholeApp } from "../../support/whole-app.ts";

let whole: WholeApp;
let form: string;
beforeAll(async () => {
  whole = await openWholeApp();
  const no = await callsBy(whole.api).dispatched();
  form = (await whole.api.get(`/api/call-tickets/${no}`)).body.form.html;
});
afterAll(() => whole.close());

const PAGES = [
  "/desk",
  "/desk/calls",
  "/desk/admin",
  "/m/",
  "/m/report",
  "/login",
  "/login/a-key-that-nobody-has-12",
  "/c/a-key-that-nobody-has-1234",
  "/sandbox",
  "/privacy",
  "/api/docs/",
  "/api/docs/static/index.html",
];

/** What the policy says of one thing, such as `frame-ancestors`. */
const directive = (policy: string, name: string): string | undefined =>
  policy
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name} `))
    ?.slice(name.length + 1);

describe("every page", () => {
  const check = async (path: string) => {
    const answer = await fetch(path.startsWith("http") ? path : `${whole.base}${path}`);
    expect([path, answer.headers.get("content-type")]).toEqual([
      path,
      expect.stringContaining("text/html"),
    ]);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect({
      path,
      frames: directive(policy, "frame-ancestors"),
      otherwise: directive(policy, "default-src"),
      base: directive(policy, "base-uri"),
      foreign: /https?:|\*/.test(policy),
      scripts: directive(policy, "script-src")?.includes("unsafe") ?? false,
      type: answer.headers.get("x-content-type-options"),
      referrer: answer.headers.get("referrer-policy"),
    }).toEqual({
      path,
      frames: "'none'",
      otherwise: "'none'",
      base: "'none'",
      foreign: false,
      scripts: false,
      type: "nosniff",
      referrer: "no-referrer",
    });
  };

  it.each(PAGES)(
    "%s stands in no foreign frame, guesses no type and tells nobody of itself",
    check,
  );

  it("and so does the printed form", () =>
    check(new URL(form, whole.base).pathname + new URL(form, whole.base).search));
});
