import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
export const isThere = (path: string): boolean => existsSync(join(ROOT, path));

/** Files below a folder that end in one of the given ways, as paths from the root. */
export function filesBelow(folder: string, ...endings: string[]): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .filter((name) => !/(^|\/)(node_modules|dist)\//.test(name))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** What stands between single backticks, code blocks left out. */
export const codeSpans = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].map(
    ([, span]) => span ?? "",
  );

/** The code blocks of a language. */
export const codeBlocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, block]) => block ?? "",
  );

/** The body rows of every table, as cells. */
export const tableRows = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf("|"))
        .split(" | ")
        .map((cell) => cell.trim()),
    );

const OWN_FOLDER = /^(bot|services|db|prompts|web|bench|test|docs|\.ci)(\/|$)/;
const ROOT_FILE = /^[\w.-]+\.(ts|json|md|toml)$|^\.(env\.example|npmrc|biome\.json|gitignore)$/;

/** Spans and links of a document that mean files of this repository. */
export function pathsIn(text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target ?? "");
  const spans = codeSpans(text).filter(
    (span) => !/[\s{}*…]/.test(span) && (OWN_FOLDER.test(span) || ROOT_FILE.test(span)),
  );
  return [...links, ...spans];
}
