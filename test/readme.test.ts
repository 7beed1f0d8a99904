import { accessSync, constants } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REGISTRY_FILES } from "../db/registry/files.ts";
import type { Conversation } from "../web/sandbox/api.ts";
import { type Section, sectionsOf } from "../web/sandbox/sections.ts";
import { type Chat, numberIn, openChat, type Said } from "./support/chat.ts";
import {
  codeBlocks,
  codeSpans,
  filesBelow,
  isThere,
  pathsIn,
  ROOT,
  read,
  tableRows,
} from "./support/documents.ts";

const READMES = ["README.md", "README.zh-CN.md"];
const DOCUMENTS = [
  ...READMES,
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  ...filesBelow("prompts", ".md"),
];
const scripts = JSON.parse(read("package.json")).scripts as Record<string, string>;

describe.each(DOCUMENTS)("%s", (name) => {
  const text = read(name);

  it("names files that exist", () => {
    const near = (path: string) => join(dirname(name), path);
    expect(pathsIn(text).filter((path) => !isThere(path) && !isThere(near(path)))).toEqual([]);
  });

  it("names commands that exist", () => {
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(
      ([, script]) => script ?? "",
    );
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
    const entries = named.map((script) => /--import tsx (\S+)$/.exec(scripts[script] ?? "")?.[1]);
    expect(entries.filter((entry) => entry !== undefined && !isThere(entry))).toEqual([]);
  });
});

describe.each(READMES)("%s", (name) => {
  const text = read(name);

  it("tells the two commands first", () => {
    const [first] = codeBlocks(text, "sh");
    expect(first).toMatch(/^npm ci && npm start .*\nnpm ci && npm test .*\n$/);
  });

  it("draws a map of folders and files that exist", () => {
    const map = codeBlocks(text, "text").find((block) => block.includes("main.ts"));
    let folder = "";
    const places = (map ?? "").split("\n").flatMap((line) => {
      const [, indent, place] = /^( *)(\S+)/.exec(line) ?? [];
      if (place === undefined) return [];
      if (indent === "") folder = place.endsWith("/") ? place : "";
      return [indent === "" ? place : `${folder}${place}`];
    });
    expect(places.length).toBeGreaterThan(20);
    expect(places.filter((place) => !isThere(place))).toEqual([]);
  });

  it("names settings that exist", () => {
    const known = new Set([...read(".env.example").matchAll(/^#([A-Z_]+)=/gm)].map(([, it]) => it));
    const named = codeSpans(text).filter((span) => /^[A-Z]{2,}(_[A-Z]+)+$/.test(span));
    expect(named.length).toBeGreaterThan(10);
    const ofTestsAndBench = [
      "TEST_DATABASE_URL",
      "BENCH_DATABASE_URL",
      "CHAOS_ROUNDS",
      "CHAOS_SEED",
      "CHAOS_SECONDS",
    ];
    expect(named.filter((span) => !known.has(span) && !ofTestsAndBench.includes(span))).toEqual([]);
  });

  it("lists the registry's files with their columns", () => {
    const listed = tableRows(text)
      .filter(([file]) => /^`[\w-]+\.csv`$/.test(file ?? ""))
      .map(([file, , columns]) => [file?.slice(1, -1), columns?.slice(1, -1)]);
    const real = REGISTRY_FILES.map(({ name, columns }) => [name, Object.keys(columns).join(",")]);
    expect(listed.toSorted()).toEqual(real.toSorted());
  });
});

it("says the same in both languages: commands, settings, and who says what", () => {
  const [english = "", chinese = ""] = READMES.map(read);
  const commands = (text: string) =>
    tableRows(text).flatMap(([cell]) =>
      cell?.startsWith("`") ? [cell.replaceAll("、", ", ")] : [],
    );
  expect(commands(chinese)).toEqual(commands(english));
  expect(walkthrough(chinese)).toEqual(walkthrough(english));
});

it("has every check in one executable file", () => {
  expect(() => accessSync(join(ROOT, ".ci/run"), constants.X_OK)).not.toThrow();
});

interface Line {
  userId: string;
  conversationId: string;
  says: string;
}

/** The rows of "Try it in a minute". */
const walkthrough = (text: string): Line[] =>
  tableRows(text)
    .filter((cells) => cells.length === 3 && /`[^`]+`/.test(cells[0] ?? ""))
    .flatMap(([who = "", where = "", says = ""]) => {
      const userId = /`([^`]+)`/.exec(who)?.[1];
      const conversationId = /`((?:private:)?[a-z\d-]+)`/.exec(where)?.[1];
      return userId === undefined || conversationId === undefined || says.startsWith("`")
        ? []
        : [{ userId, conversationId, says }];
    });

/** The residents' groups of the sample district, as the page lists them before anybody said anything. */
function residentGroups(): Section | undefined {
  const groups = tableOf("db/registry/sample/groups.csv")
    .filter(([, , , kind]) => kind === "resident")
    .toSorted(([, , , , one = ""], [, , , , other = ""]) => (one < other ? -1 : 1))
    .map(
      ([channel = "", conversationId = "", name = ""]) =>
        ({
          channel,
          conversationId,
          name,
          kind: "resident",
          last: null,
        }) as unknown as Conversation,
    );
  return sectionsOf(groups, "", new Set(), null)[0];
}

const tableOf = (path: string): string[][] =>
  read(path)
    .trim()
    .split("\n")
    .map((line) => line.split(","));

it.each(READMES)("%s says where the story's group is found in the page", (name) => {
  const text = read(name);
  const [first] = walkthrough(text);
  const shown = residentGroups();
  const [opened, ...others] = shown?.conversations ?? [];
  expect(text).toMatch(new RegExp(`(opens on |页面打开时是)${opened?.name ?? "missing"}`));
  expect(others.map(({ conversationId }) => conversationId)).not.toContain(first?.conversationId);
  expect(text).toContain(`「还有 ${shown?.hidden ?? "missing"} 个」`);
});

describe("the minute that README promises", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  afterAll(() => chat.close());

  it("goes from the first word to the archive, with the answers quoted", async () => {
    const lines = walkthrough(read("README.md"));
    expect(lines).toHaveLength(8);
    const [first, ...others] = lines;
    if (first === undefined) return;
    const said: Said[] = await chat.say(first.userId, first.conversationId, first.says);
    const no = numberIn(said);
    for (const { userId, conversationId, says } of others)
      said.push(...(await chat.say(userId, conversationId, says.replace("SJ…", no))));
    expect((await chat.event(no)).row.status).toBe("archived");

    const all = said.map(({ text }) => text).join("\n");
    for (const name of READMES) {
      const [conversation = ""] = codeBlocks(read(name), "text");
      const quoted = /收到,已登记 \S+/.exec(conversation)?.[0] ?? "missing";
      expect(all).toContain(quoted.replace(/SJ\d+-\d+/, no));
      const [report = "missing"] = /(?<=@一呼 )\S+/.exec(conversation) ?? [];
      expect(first.says).toBe(report);
    }
  });

  it.each(READMES)("plays the call of %s from its draft to the archive", async (name) => {
    const [, conversationId = ""] = /`(district-call)`/.exec(read(name)) ?? [];
    const lines = [...read(name).matchAll(/^\d+\. \S+ `([\w-]+)`[^「\n]*「([^」]+)」$/gm)];
    expect(lines).toHaveLength(10);
    let no = "";
    let answers = "";
    for (const [, userId = "", words = ""] of lines) {
      const said = await chat.say(userId, conversationId, words.replace("HJ…", no));
      answers = said.map(({ text }) => text).join("\n");
      no ||= /HJ\d{8}-\d{3}/.exec(answers)?.[0] ?? "";
    }
    expect(answers).toContain(`${no} 已归档`);
  });
});
