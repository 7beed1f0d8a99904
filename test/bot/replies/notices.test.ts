import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { noticeKinds } from "../../../bot/replies/notices.ts";

/** The kinds that decisions and workflows name where they tell somebody something. */
function toldKinds(): string[] {
  const files = readdirSync("services", { recursive: true, encoding: "utf8" });
  const sources = files
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(`services/${name}`, "utf8"));
  const calls = sources.flatMap((source) => [
    ...source.matchAll(/\btell(?:CommandRoom)?\(\s*[^,()]+(?:\([^()]*\))?,\s*"(\w+)"/g),
    ...source.matchAll(/\bbody: \{\s*kind: "(\w+)"/g),
  ]);
  return [...new Set(calls.map((call) => call[1] ?? ""))].filter((kind) => kind !== "text");
}

it("has a sentence for every notice that services write", () => {
  const told = toldKinds();
  expect(told.length).toBeGreaterThan(40);
  expect(told.filter((kind) => !noticeKinds.includes(kind))).toEqual([]);
});
