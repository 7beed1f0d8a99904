import { maskPersonalData } from "../../../services/domain/masking.ts";
import type { KnownCategory } from "../directory.ts";
import { readPromptFile } from "../prompt-files.ts";

const file = readPromptFile("parse-report.md");

export const PROMPT_VERSION = `parse-report@${file.version}`;

const LONGEST_SENT = 1500;

/**
 * The prompt for one message: personal numbers masked, and the delimiter taken out of the message so
 * that nobody can close it from inside.
 */
export function writePrompt(text: string, catalog: readonly KnownCategory[]): string {
  const message = maskPersonalData(text)
    .slice(0, LONGEST_SENT)
    .toWellFormed()
    .replace(/<\/?message>/gi, " ");
  return file.body
    .replace("{{catalog}}", () => catalog.map(({ slug, name }) => `${slug} ${name}`).join("\n"))
    .replace("{{message}}", () => message);
}
