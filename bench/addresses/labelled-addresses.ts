import { z } from "zod";
import {
  ELEMENT_TYPES,
  type ElementType,
} from "../../bot/understanding/places/elements/element-types.ts";

/** An address with its elements, in order; positions count UTF-16 units. */
export interface LabelledAddress {
  text: string;
  spans: { type: ElementType; start: number; end: number }[];
}

const LINE = z.object({
  text: z.string(),
  spans: z.array(
    z
      .object({
        type: z.enum(ELEMENT_TYPES),
        start: z.int().min(0),
        end: z.int().min(1),
      })
      .refine(({ start, end }) => start < end, "a span ends behind its start"),
  ),
});

/**
 * Reads lines `{text, spans: [{type, start, end}]}`; positions count characters.
 *
 * @param name - of the file, for errors
 * @throws naming file, line and what is wrong there
 */
export function readLabelledAddresses(jsonLines: string, name: string): LabelledAddress[] {
  const addresses = jsonLines.split("\n").flatMap((line, at) => {
    if (line.trim() === "") return [];
    const read = LINE.safeParse(jsonOf(line));
    if (!read.success) {
      const [issue] = read.error.issues;
      const where =
        issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
      throw new Error(
        `${name}:${at + 1} ${where}${issue?.message ?? "is wrong"}. A line is {"text": …, "spans": [{"type", "start", "end"}]}.`,
      );
    }
    return [inUnits(read.data)];
  });
  if (addresses.length === 0) throw new Error(`${name} has no lines. Name a file with addresses.`);
  return addresses;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Signs beyond the basic plane are two units long and one character. */
function inUnits({ text, spans }: LabelledAddress): LabelledAddress {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  const characters = [...text];
  if (characters.length === text.length) return { text, spans: sorted };
  const unit = (at: number) => characters.slice(0, at).join("").length;
  return {
    text,
    spans: sorted.map(({ type, start, end }) => ({ type, start: unit(start), end: unit(end) })),
  };
}
