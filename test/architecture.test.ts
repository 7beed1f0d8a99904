import { describe, expect, it } from "vitest";
import { CALL_STATUSES } from "../services/domain/call-ticket.ts";
import { CALL_TRANSITIONS } from "../services/domain/call-transitions.ts";
import { EVENT_STATUSES, EVENT_TRANSITIONS } from "../services/domain/event.ts";
import { codeBlocks, filesBelow, read } from "./support/documents.ts";

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A transition table as a mermaid diagram; actions that leave the status as it is are left out. */
function stateDiagram(statuses: readonly string[], table: Table, begin: string[], end: string[]) {
  const lines = statuses.flatMap((from) => {
    const moves = Object.entries(table[from] ?? {});
    const goesOn = statuses.filter(
      (to) => to !== from && moves.some(([, target]) => target === to),
    );
    if (goesOn.length === 0 && !end.some((line) => line.startsWith(from)))
      return [`${from} --> [*]`];
    return goesOn.map((to) => {
      const actions = moves.filter(([, target]) => target === to).map(([action]) => action);
      return `${from} --> ${to}: ${actions.join(", ")}`;
    });
  });
  return `stateDiagram-v2\n${[...begin, ...lines, ...end].map((line) => `  ${line}\n`).join("")}`;
}

describe("ARCHITECTURE.md", () => {
  const diagrams = codeBlocks(read("ARCHITECTURE.md"), "mermaid").filter((block) =>
    block.startsWith("stateDiagram"),
  );

  it("draws the transitions of events that the code has", () => {
    expect(diagrams[0]).toBe(
      stateDiagram(
        EVENT_STATUSES,
        EVENT_TRANSITIONS,
        ["[*] --> draft: report, something missing", "[*] --> pendingAccept: report"],
        [],
      ),
    );
  });

  it("draws the transitions of call tickets that the code has", () => {
    expect(diagrams[1]).toBe(
      stateDiagram(
        CALL_STATUSES,
        CALL_TRANSITIONS,
        ["[*] --> draft: drafted in chat"],
        [
          "approved --> assessReturned: assess (not passed)",
          "assessing --> assessReturned: assess (not passed)",
          "dispatched --> pendingClosing: every department settled",
          "onSite --> pendingClosing: every department settled",
        ],
      ),
    );
  });
});

it("draws no line that ends too early: a semicolon does in Mermaid", () => {
  const sequences = codeBlocks(read("ARCHITECTURE.md"), "mermaid").filter((block) =>
    block.startsWith("sequenceDiagram"),
  );
  expect(sequences.length).toBeGreaterThan(1);
  expect(sequences.join("").match(/.*[;#].*/g) ?? []).toEqual([]);
});

const withoutComments = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");

describe("services/domain", () => {
  const files = filesBelow("services/domain", ".ts");

  it.each(files)("%s knows neither the time nor chance", (file) => {
    expect(withoutComments(read(file))).not.toMatch(
      /new Date\(\s*\)|Date\.now|Math\.random|randomUUID|performance\.now/,
    );
  });

  it.each(files)("%s imports its own files and zod", (file) => {
    const imported = [...read(file).matchAll(/from "([^"]+)"/g)].map(([, source]) => source ?? "");
    const base = `file:///${file}`;
    const foreign = imported.filter(
      (source) =>
        source !== "zod" &&
        !(source.startsWith(".") && new URL(source, base).pathname.startsWith("/services/domain/")),
    );
    expect(foreign).toEqual([]);
  });
});

it("has no file that has grown beyond one thought", () => {
  const long = ["bot", "services", "db", "web", "bench"]
    .flatMap((folder) => filesBelow(folder, ".ts", ".vue"))
    .map((file) => [file, read(file).trimEnd().split("\n").length] as const)
    .filter(([, lines]) => lines > 400);
  expect(long).toEqual([]);
});
