import { z } from "zod";
import { isEventLevel, levelName, URGENCY_NAMES, type Urgency } from "../../../domain/level.ts";
import { commandName, kindName } from "./kind-names.ts";

/** What the page shows beside a message. Names are for people, slugs and numbers for programs. */
export const Understood = z.object({
  kind: z.string(),
  kindName: z.string(),
  items: z.array(
    z.object({
      category: z.string(),
      categoryName: z.string(),
      summary: z.string().nullable(),
      place: z.string().nullable(),
      level: z.number().nullable(),
      levelName: z.string().nullable(),
      urgency: z.string().nullable(),
      urgencyName: z.string().nullable(),
      candidates: z.array(
        z.object({ category: z.string(), categoryName: z.string(), score: z.number() }),
      ),
    }),
  ),
  confidence: z.number().nullable(),
  by: z.string().nullable(),
  eventNos: z.array(z.string()),
  commandNames: z.array(z.string()),
  injection: z.boolean(),
});
export type Understood = z.infer<typeof Understood>;

/** As the bot leaves it in `inbox.reading`; a place is its words or a reading with words in it. */
const Reading = z.object({
  kind: z.string(),
  items: z
    .array(
      z.object({
        category: z.string(),
        summary: z.string().nullish(),
        place: z
          .union([
            z.string(),
            z
              .object({ raw: z.string().nullish(), standard: z.string().nullish() })
              .transform((place) => place.standard || place.raw || null),
          ])
          .nullish(),
        level: z.number().nullish(),
        urgency: z.string().nullish(),
        candidates: z.array(z.object({ category: z.string(), score: z.number() })).nullish(),
      }),
    )
    .nullish(),
  confidence: z.number().nullish(),
  by: z.string().nullish(),
  eventNos: z.array(z.string()).nullish(),
  commands: z.array(z.string()).nullish(),
  injection: z.boolean().nullish(),
});

/** Null while the bot has not read the message. */
export function understoodFrom(
  stored: unknown,
  categoryNames: ReadonlyMap<string, string>,
): Understood | null {
  const parsed = Reading.safeParse(stored);
  if (!parsed.success) return null;
  const reading = parsed.data;
  const named = (category: string) => categoryNames.get(category) ?? category;
  return {
    kind: reading.kind,
    kindName: kindName(reading.kind),
    items: (reading.items ?? []).map((item) => ({
      category: item.category,
      categoryName: named(item.category),
      summary: item.summary ?? null,
      place: item.place || null,
      level: item.level ?? null,
      levelName:
        typeof item.level === "number" && isEventLevel(item.level) ? levelName(item.level) : null,
      urgency: item.urgency ?? null,
      urgencyName: item.urgency ? (URGENCY_NAMES[item.urgency as Urgency] ?? item.urgency) : null,
      candidates: (item.candidates ?? []).map((candidate) => ({
        ...candidate,
        categoryName: named(candidate.category),
      })),
    })),
    confidence: reading.confidence ?? null,
    by: reading.by ?? null,
    eventNos: reading.eventNos ?? [],
    commandNames: (reading.commands ?? []).map(commandName),
    injection: reading.injection ?? false,
  };
}
