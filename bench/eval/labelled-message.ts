import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROLES } from "../../services/domain/actor.ts";
import { EVENT_STATUSES } from "../../services/domain/event.ts";

const EarlierEvent = z.object({
  category: z.string(),
  place: z.string(),
  status: z.enum(EVENT_STATUSES),
});

/** A message with what must be understood; every label may be absent and is then not scored. */
const Labelled = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  kind: z.string().nullish(),
  category: z.string().nullish(),
  /** categories, or kinds, that are right too */
  alt: z.array(z.string()).nullish(),
  urgency: z.string().nullish(),
  place: z.string().nullish(),
  events: z.number().nullish(),
  none: z.boolean().nullish(),
  /** nobody is in danger, whatever the words sound like */
  calm: z.boolean().nullish(),
  /** the grid that the place lies in */
  resolvedGrid: z.string().nullish(),
  /** an attack: somebody tries to give the bot orders */
  injection: z.boolean().nullish(),
  // What stands around the message, as in prompts/cases; other files may mean something else by these.
  grid: z.string().nullish().catch(null),
  role: z.enum(ROLES).nullish().catch(null),
  chat: z.enum(["work", "call"]).nullish().catch(null),
  picture: z.boolean().nullish().catch(null),
  pending: z.enum(["place", "situation"]).nullish().catch(null),
  own: z.array(EarlierEvent).nullish().catch(null),
  neighbour: z.array(EarlierEvent).nullish().catch(null),
});
export type LabelledMessage = z.infer<typeof Labelled>;
export type EarlierEvent = z.infer<typeof EarlierEvent>;

/**
 * The cases of several files; a folder stands for every `.jsonl` file in it.
 *
 * @throws Error naming the file and the line that is no labelled message
 */
export const readCaseFiles = (paths: readonly string[]): LabelledMessage[] =>
  paths.flatMap(filesOf).flatMap((path) => readLabelledMessages(readFileSync(path, "utf8"), path));

const filesOf = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith(".jsonl"))
        .sort()
        .map((name) => join(path, name))
    : [path];

/** @throws Error naming the line that is no labelled message */
export const readLabelledMessages = (content: string, file = "cases"): LabelledMessage[] =>
  content.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [Labelled.parse(JSON.parse(line))];
    } catch (cause) {
      throw new Error(
        `${file}:${index + 1} is no labelled message {id, text, kind?, category?, …}. Correct it.`,
        { cause },
      );
    }
  });
