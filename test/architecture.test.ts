import { describe, expect, it } from "vitest";
import { EVENT_STATUSES, EVENT_TRANSITIONS } from "../services/domain/event.ts";
import { codeBlocks, filesBelow, read } from "./support/documents.ts";

/** What an event can be, as a mermaid diagram; actions that leave the status as it is are left out. */
function stateDiagram(): string {
  const lines = EVENT_STATUSES.flatMap((from) => {
    const moves = Object.entries(EVENT_TRANSITIONS[from]);
    if (moves.length === 0) return [`${from} --> [*]`];
    return EVENT_STATUSES.filter((to) => to !== from).flatMap((to) => {
      const actions = moves.filter(([, target]) => target === to).map(([action]) => action);
      return actions.length === 0 ? [] : [`${from} --> ${to}: ${actions.join(", ")}`];
    });
  });
  const begin = ["[*] --> draft: report, something missing", "[*] --> pendingAccept: report"];
  return `stateDiagram-v2\n${[...begin, ...lines].map((line) => `  ${line}\n`).join("")}`;
}

it("draws in ARCHITECTURE.md the transitions that the code has", () => {
  const diagram = codeBlocks(read("ARCHITECTURE.md"), "mermaid").find((block) =>
    block.startsWith("stateDiagram"),
  );
  expect(diagram).toBe(stateDiagram());
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
