import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Example } from "../understanding/learned/train-classifier.ts";

const words = z.union([z.string(), z.array(z.string()).transform((list) => list.join(" "))]);
/** `tokens` is what segmented collections call their text. */
const Line = z
  .object({ text: words.optional(), tokens: words.optional(), label: z.string().trim().min(1) })
  .transform(({ text, tokens, label }, context): Example => {
    const told = text ?? tokens;
    if (told === undefined) context.addIssue({ code: "custom", message: "no text" });
    return { text: told ?? "", label };
  });

/**
 * Labelled texts, one JSON object `{text, label}` a line; a text may be a list of words.
 *
 * @throws Error naming the first line that is none, or the file that is missing or empty
 */
export function readExamples(path: string): Example[] {
  const examples = content(path)
    .split(/\r?\n/)
    .flatMap((line, index) => {
      if (line.trim() === "") return [];
      const example = Line.safeParse(parsed(line));
      if (example.success) return [example.data];
      throw new Error(
        `${path}, line ${index + 1}: this is no {"text": …, "label": …}. Correct it.`,
      );
    });
  if (examples.length === 0)
    throw new Error(`${path} has no labelled text. Give lines of {"text": …, "label": …}.`);
  return examples;
}

function content(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new Error(`${path} cannot be read. Check the path.`, { cause });
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
