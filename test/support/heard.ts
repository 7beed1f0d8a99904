import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { KnownCategory } from "../../bot/understanding/directory.ts";
import type { Heard, RecentEvent } from "../../bot/understanding/heard.ts";
import { EVENT_STATUSES } from "../../services/domain/event.ts";
import { PLATFORMS } from "../../services/domain/platform.ts";

const root = new URL("../../", import.meta.url);

const CatalogRow = z.object({
  slug: z.string(),
  name: z.string(),
  platform: z.enum(PLATFORMS).or(z.literal("").transform(() => null)),
  level: z.coerce.number().pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
  urgency: z.enum(["normal", "urgent", "critical"]),
});

/** The catalog of the sample district. */
export const sampleCatalog = (): KnownCategory[] =>
  z.array(CatalogRow).parse(
    parse(readFileSync(new URL("db/registry/sample/categories.csv", root)), {
      columns: true,
      bom: true,
    }),
  );

/** A resident's private message, with whatever else the story needs. */
export const heard = (text: string, more: Partial<Heard> = {}): Heard => ({
  text,
  hasPicture: false,
  sentAt: new Date("2026-11-23T10:00:00+08:00"),
  speaker: { official: false, roles: [] },
  conversation: { type: "private", kind: null, gridCode: null },
  pendingQuestion: null,
  ownEvents: [],
  neighbourEvents: [],
  ...more,
});

const PastEvent = z.object({
  category: z.string(),
  place: z.string(),
  status: z.enum(EVENT_STATUSES),
});

export const pastEvents = (events: z.infer<typeof PastEvent>[]): RecentEvent[] =>
  events.map(({ category, place, status }, index) => ({
    no: `SJ20261121-01${String(index).padStart(2, "0")}`,
    category,
    summary: "",
    placeRaw: place === "" ? null : place,
    gridCode: null,
    status,
    createdAt: new Date("2026-11-23T09:00:00+08:00"),
  }));

/** One line of `prompts/cases/*.jsonl`: what is said, by whom and where, and what must be understood. */
export const Case = z.strictObject({
  id: z.string(),
  text: z.string(),
  role: z.string().optional(),
  chat: z.enum(["work", "call"]).optional(),
  grid: z.string().optional(),
  picture: z.boolean().optional(),
  pending: z.enum(["place", "situation"]).optional(),
  own: z.array(PastEvent).default([]),
  neighbour: z.array(PastEvent).default([]),
  none: z.boolean().optional(),
  /** nobody is in danger, whatever the words sound like */
  calm: z.boolean().optional(),
  kind: z.string().optional(),
  category: z.string().optional(),
  alt: z.array(z.string()).default([]),
  urgency: z.string().optional(),
  place: z.string().optional(),
  standard: z.string().optional(),
  ambiguous: z.number().optional(),
  events: z.number().optional(),
  missing: z.array(z.string()).optional(),
  people: z.number().optional(),
  timeText: z.string().optional(),
  emergency: z.string().optional(),
  commands: z.array(z.record(z.string(), z.unknown())).optional(),
  rating: z.number().optional(),
  correction: z.string().optional(),
  privacy: z.string().optional(),
  patrolCounts: z.record(z.string(), z.number()).optional(),
  injection: z.boolean().optional(),
  confidential: z.boolean().optional(),
});
export type Case = z.infer<typeof Case>;

export const readCases = (name: string): Case[] =>
  readFileSync(new URL(`prompts/cases/${name}.jsonl`, root), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Case.parse(JSON.parse(line)));

export const heardIn = (told: Case): Heard =>
  heard(told.text, {
    hasPicture: told.picture ?? false,
    speaker: {
      official: told.role !== undefined,
      roles: told.role === undefined ? [] : [told.role as never],
    },
    conversation: {
      type: told.grid !== undefined || told.chat !== undefined ? "group" : "private",
      kind: told.chat ?? (told.grid === undefined ? null : "resident"),
      gridCode: told.grid ?? null,
    },
    pendingQuestion: told.pending ?? null,
    ownEvents: pastEvents(told.own),
    neighbourEvents: pastEvents(told.neighbour),
  });
