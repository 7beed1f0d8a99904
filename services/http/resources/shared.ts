import { z } from "zod";
import type { ActorRef } from "../../domain/actor.ts";
import { isoLocal } from "../../domain/time.ts";

/** A moment: ISO 8601 to the second with the offset of Asia/Shanghai. */
export const Moment = z.iso
  .datetime({ offset: true })
  .describe("ISO 8601, such as 2026-11-23T09:00:00+08:00");

export const momentOrNull = (at: Date | null): string | null => (at === null ? null : isoLocal(at));

export const ActorResource = z
  .object({
    personId: z.string().nullable().describe("id of people.csv"),
    name: z.string().nullable(),
    orgCode: z.string().nullable(),
    channel: z.string().nullable(),
    platformUserId: z.string().nullable(),
  })
  .meta({ id: "Actor", description: "null where unknown, or hidden from you" });

/** An actor whom the reader may not know. */
export const HIDDEN_ACTOR: ActorRef = {
  personId: null,
  name: null,
  orgCode: null,
  channel: null,
  platformUserId: null,
};

export const SubjectResource = z.object({
  type: z.string().describe("event, callTicket, person, …"),
  no: z.string().nullable().describe("SJ…, HJ… or GJ…, or the id of another kind of subject"),
});
