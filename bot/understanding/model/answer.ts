import { z } from "zod";
import type { KnownCategory } from "../directory.ts";
import type { Proposal } from "./chat-model.ts";
import { PROMPT_VERSION } from "./prompt.ts";

/** Kinds a model may propose; orders, dangers and silence by rule are not its business. */
export const PROPOSED_KINDS = [
  "report",
  "complaint",
  "help",
  "suggestion",
  "consult",
  "chitchat",
] as const;

const Answer = z.object({
  kind: z.enum(PROPOSED_KINDS),
  confidence: z.number().min(0).max(1).catch(0.5),
  items: z
    .array(
      z.object({
        category: z.string().nullable(),
        summary: z.string().max(400),
        place: z.string().nullable().catch(null),
        level: z.number().int().min(1).max(4).nullable().catch(null),
        consult: z.boolean().catch(false),
      }),
    )
    .max(20),
});

/** The form as JSON schema, for endpoints that can be held to one. */
export const ANSWER_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["kind", "confidence", "items"],
  properties: {
    kind: { type: "string", enum: [...PROPOSED_KINDS] },
    confidence: { type: "number" },
    items: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["category", "summary", "place", "level", "consult"],
        properties: {
          category: { type: ["string", "null"] },
          summary: { type: "string" },
          place: { type: ["string", "null"] },
          level: { type: ["integer", "null"] },
          consult: { type: "boolean" },
        },
      },
    },
  },
} as const;

/** Reads a model's answer; null when it is no JSON of the asked form. Unknown categories become "none fits". */
export function readAnswer(content: string, catalog: readonly KnownCategory[]): Proposal | null {
  const answer = Answer.safeParse(parseJson(content));
  if (!answer.success) return null;
  const slugs = new Set(catalog.map((category) => category.slug));
  return {
    kind: answer.data.kind,
    confidence: answer.data.confidence,
    promptVersion: PROMPT_VERSION,
    items: answer.data.items.slice(0, 5).map((item) => ({
      ...item,
      category: item.category !== null && slugs.has(item.category) ? item.category : null,
    })),
  };
}

/** Some models wrap their JSON in a fence or a sentence. */
function parseJson(content: string): unknown {
  const from = content.indexOf("{");
  const to = content.lastIndexOf("}");
  if (from < 0 || to <= from) return null;
  try {
    return JSON.parse(content.slice(from, to + 1));
  } catch {
    return null;
  }
}
