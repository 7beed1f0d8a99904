import { readPromptFile, wordLines } from "../prompt-files.ts";

/** Letters tell their subject early; what comes later is story. */
const LONGEST_READ = 3000;

const FILE = "lexicon/function-words.txt";

/** Weights learnt for another way of reading mean nothing. */
export const READING_VERSION = `1.${readPromptFile(FILE).version}`;

const words = wordLines(FILE)
  .flatMap((line) => line.split(/\s+/))
  .sort((a, b) => b.length - a.length);
const FUNCTION_WORDS = new RegExp(words.filter((word) => word.length > 1).join("|"), "g");
const FUNCTION_SIGNS = new RegExp(`[${words.filter((word) => word.length === 1).join("")}]`, "g");

/**
 * What a classifier reads of a text: Chinese signs and small letters in one run, numbers as 0, without
 * function words. Blanks make no difference: 「路灯 坏」 and 「路灯坏了」 read alike.
 */
export const bareText = (text: string): string =>
  text
    .slice(0, 2 * LONGEST_READ)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{Script=Han}a-z0-9]+/gu, "")
    .replace(FUNCTION_WORDS, "")
    .replace(FUNCTION_SIGNS, "")
    .replace(/[0-9]+/g, "0")
    .slice(0, LONGEST_READ);
