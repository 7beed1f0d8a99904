import { maskPersonalData } from "../../../services/domain/masking.ts";
import type { KnownCategory } from "../directory.ts";
import { readPromptFile } from "../prompt-files.ts";
import type { LabelledCase } from "./similar-cases.ts";

const file = readPromptFile("parse-report.md");

export const PROMPT_VERSION = `parse-report@${file.version}`;

/** What every model is told, whatever the message. */
export const PROMPT_BODY = file.body;

const LONGEST_SENT = 1500;

/** The delimiter as people might write it to break out: with blanks, in full width, in capitals. */
const DELIMITER = /[<＜]\s*[/／]?\s*message[^>＞]{0,20}[>＞]?/gi;

/**
 * The prompt for one message: personal numbers masked, and the delimiter taken out of the message so
 * that nobody can close it from inside.
 *
 * @param examples - labelled cases that resemble the message; those of categories the district does
 * not have are left out
 */
export function writePrompt(
  text: string,
  catalog: readonly KnownCategory[],
  examples: readonly LabelledCase[] = [],
): string {
  const message = maskPersonalData(text)
    .slice(0, LONGEST_SENT)
    .toWellFormed()
    .replace(/[\p{Cf}]/gu, "")
    .replace(DELIMITER, " ");
  const slugs = new Set(catalog.map(({ slug }) => slug));
  const fitting = examples.filter(({ category }) => category === null || slugs.has(category));
  return file.body
    .replace("{{catalog}}", () => catalog.map(({ slug, name }) => `${slug} ${name}`).join("\n"))
    .replace("{{examples}}", () =>
      fitting.length === 0 ? "(没有)" : fitting.map(asLine).join("\n"),
    )
    .replace("{{message}}", () => message);
}

const asLine = ({ text, kind, category, place }: LabelledCase): string =>
  `- ${text} → kind ${kind}${category === null ? "" : `,category ${category}`}${place === null ? "" : `,place ${place}`}`;
