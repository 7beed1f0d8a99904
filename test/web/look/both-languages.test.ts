import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const CHINESE = /[\u3400-\u9fff]/;

/** What speaks Chinese to everybody, and why that is right. */
const ALLOWED: readonly [path: RegExp, line: RegExp, because: string][] = [
  [/^web\/sandbox\//, /./, "the sandbox plays a Chinese conversation"],
  [/^web\/look\/language-button\.vue$/, /"中文"/, "names the language to whoever wants it"],
  [/^web\/look\/page-language\.ts$/, /"中文"/, "the same, on pages without Vue"],
  [/^web\/look\/(names|english-names)\.ts$/, /./, "chooses between Chinese and English names"],
  [/lamp-chip\.vue$/, /区/, "leaves the district out of a name"],
  [/^web\/look\/time-words\.ts$/, /\?|:/, "chooses between Chinese and English times"],
];

const files = readdirSync("web", { recursive: true, encoding: "utf8" })
  .map((name) => join("web", name))
  .filter((path) => !path.startsWith(join("web", "dist")))
  .sort();
const components = files.filter((path) => path.endsWith(".vue"));
const scripts = files.filter((path) => path.endsWith(".ts") && !/(^|[/-])words\.ts$/.test(path));

const isAllowed = (path: string, line: string): boolean =>
  ALLOWED.some(([where, what]) => where.test(path) && what.test(line));

/** Lines with Chinese of their own; what stands in comments is said to nobody. */
const chineseIn = (path: string, text: string): string[] =>
  text
    .replaceAll(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "")
    .split("\n")
    .filter((line) => CHINESE.test(line) && !isAllowed(path, line))
    .map((line) => `${path}: ${line.trim()}`);

const templateOf = (source: string): string =>
  /^<template>$[\s\S]*^<\/template>$/m.exec(source)?.[0] ?? "";
const scriptOf = (source: string): string =>
  /<script setup[^>]*>[\s\S]*?<\/script>/.exec(source)?.[0] ?? "";
/** Without the words that have their English beside them, which the compiler sees to. */
const withoutWords = (script: string): string =>
  script.replaceAll(/(wordsIn|wordsOf)\([\s\S]*?\);$/gm, "");

describe("the pages", () => {
  it("are all looked at", () => {
    expect(components.length).toBeGreaterThan(60);
    for (const path of components) expect([path, templateOf(read(path))]).not.toEqual([path, ""]);
  });

  it("say nothing in Chinese in a template, where English readers would get it too", () => {
    expect(components.flatMap((path) => chineseIn(path, templateOf(read(path))))).toEqual([]);
  });

  it("have Chinese in a script only where its English stands beside it", () => {
    const found = [
      ...components.flatMap((path) => chineseIn(path, withoutWords(scriptOf(read(path))))),
      ...scripts.flatMap((path) => chineseIn(path, withoutWords(read(path)))),
    ];
    expect(found).toEqual([]);
  });

  it("would be caught", () => {
    const caught = chineseIn("web/x.vue", templateOf("<template>\n<p>你好</p>\n</template>"));
    expect(caught).toEqual(["web/x.vue: <p>你好</p>"]);
    expect(chineseIn("web/x.ts", withoutWords('say("你好");'))).toHaveLength(1);
  });
});

function read(path: string): string {
  return readFileSync(path, "utf8");
}
