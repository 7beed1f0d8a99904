import { z } from "zod";
import { EVENT_LEVELS, URGENCIES } from "./level.ts";
import { PLATFORMS } from "./platform.ts";
import { SUPERVISION_GRADES } from "./supervision.ts";

const level = z.union(EVENT_LEVELS.map((value) => z.literal(value)));
const reason = z.string().trim().max(2000);
const note = reason.optional();
/** by when an answer is wanted; absent: the policy's limit */
const answerBy = z.iso
  .datetime({ offset: true })
  .transform((iso) => new Date(iso))
  .optional();

const placeCommand = z.object({
  raw: z.string().max(200),
  addressCode: z.string().nullable().default(null),
  gridCode: z.string().nullable().default(null),
  lng: z.number().min(-180).max(180).nullable().default(null),
  lat: z.number().min(-90).max(90).nullable().default(null),
});

const situationCommand = z.object({
  category: z.string(),
  platform: z.enum(PLATFORMS).nullable(),
  level,
  urgency: z.enum(URGENCIES),
  /** at most 40 characters, safe to show in a group */
  summary: z.string().max(40),
});

/**
 * What somebody wants done to an event: the body of `POST /api/events/{no}/actions`, and what a chat
 * command becomes. Organisations are codes here; names are resolved before.
 */
export const EventCommand = z.discriminatedUnion("action", [
  z.object({
    action: z.literal("supplement"),
    note: reason,
    place: placeCommand.optional(),
    /** what it is about, where the report had named only a place */
    situation: situationCommand.optional(),
    /** a person takes over although something is still missing */
    giveUp: z.boolean().default(false),
  }),
  z.object({
    action: z.literal("correct"),
    note,
    place: placeCommand.optional(),
    category: z.string().optional(),
  }),
  z.object({ action: z.literal("join"), note }),
  z.object({ action: z.literal("urge"), note }),
  z.object({ action: z.literal("withdraw"), note }),
  z.object({ action: z.literal("requestWithdrawal"), note }),
  z.object({
    action: z.literal("accept"),
    level: level.optional(),
    platform: z.enum(PLATFORMS).optional(),
    urgency: z.enum(URGENCIES).optional(),
    category: z.string().optional(),
    note,
  }),
  z.object({ action: z.literal("reject"), reason }),
  z.object({
    action: z.literal("setLevel"),
    level: level.optional(),
    platform: z.enum(PLATFORMS).optional(),
    urgency: z.enum(URGENCIES).optional(),
    note,
  }),
  z.object({
    action: z.literal("assign"),
    /** absent: the routing table decides */
    orgCode: z.string().optional(),
    personId: z.string().optional(),
    supportOrgCodes: z.array(z.string()).max(10).default([]),
    note,
  }),
  z.object({ action: z.literal("sign"), note }),
  z.object({ action: z.literal("progress"), note: reason }),
  z.object({ action: z.literal("selfHandle"), note }),
  z.object({ action: z.literal("complete"), note: reason.default("") }),
  z.object({ action: z.literal("return"), reason }),
  z.object({ action: z.literal("escalate"), reason: reason.optional() }),
  z.object({ action: z.literal("consult"), reason: reason.optional() }),
  z.object({ action: z.literal("concludeConsultation"), note: reason }),
  z.object({ action: z.literal("specialReport"), note }),
  z.object({ action: z.literal("delay"), workdays: z.number().int().min(1).max(365), reason }),
  z.object({ action: z.literal("decideDelay"), approved: z.boolean(), reason: reason.optional() }),
  z.object({
    action: z.literal("supervise"),
    grade: z.enum(SUPERVISION_GRADES).default("normal"),
    answerBy,
    note,
  }),
  z.object({ action: z.literal("instruct"), answerBy, note: reason }),
  z.object({
    action: z.literal("verify"),
    passed: z.boolean().default(true),
    reason: reason.optional(),
    note,
  }),
  z.object({ action: z.literal("rate"), score: z.number().int().min(1).max(5), note }),
  z.object({ action: z.literal("reopen"), reason }),
  z.object({ action: z.literal("merge"), into: z.string() }),
  z.object({ action: z.literal("close"), note }),
  z.object({ action: z.literal("archive"), note }),
]);
export type EventCommand = z.infer<typeof EventCommand>;
export type CommandFor<A extends EventCommand["action"]> = Extract<EventCommand, { action: A }>;
