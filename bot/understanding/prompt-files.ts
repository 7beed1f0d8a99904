import { readFileSync } from "node:fs";

const folder = new URL("../../prompts/", import.meta.url);

/** A file of `prompts/`: what stands after `version:` on its first line, and the rest. */
export interface PromptFile {
  version: string;
  body: string;
}

/** @throws Error when the file does not begin with a `version:` line */
export function readPromptFile(name: string): PromptFile {
  const content = readFileSync(new URL(name, folder), "utf8");
  const match = /^version: *(\S+)\r?\n/.exec(content);
  if (match?.[1] === undefined) {
    throw new Error(`prompts/${name} must begin with a line such as "version: 1". Add it.`);
  }
  return { version: match[1], body: content.slice(match[0].length) };
}

/** The lines of a word list: comments and empty lines left out. */
export const wordLines = (name: string): string[] =>
  readPromptFile(name)
    .body.split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
