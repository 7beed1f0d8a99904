import { expect, it } from "vitest";
import { problemReport, shown } from "../../../db/registry/problem.ts";

const problem = (line: number) => ({
  file: "people.csv",
  line,
  column: "roles",
  what: "is wrong. Correct it.",
});

it("lists a thousand problems and says how many more there are", () => {
  const report = problemReport(Array.from({ length: 1234 }, (_, at) => problem(at + 2))).split(
    "\n",
  );
  expect(report).toHaveLength(1002);
  expect(report.slice(-3)).toEqual([
    "people.csv:1001 roles: is wrong. Correct it.",
    "… and 234 more.",
    "1234 problems. Nothing was imported: correct the files and import again.",
  ]);
});

it("shows a value on one line, and not all of a long one", () => {
  expect(shown("a\nb\u0000")).toBe('"a�b�"');
  expect(shown("长".repeat(50))).toBe(`"${"长".repeat(40)}…"`);
});
