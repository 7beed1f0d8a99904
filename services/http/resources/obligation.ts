import { z } from "zod";
import type { ObligationRow } from "../../../db/queries/obligations.ts";
import { DUTIES, DUTY_SUBJECTS } from "../../domain/obligation.ts";
import { isoLocal } from "../../domain/time.ts";
import { Moment, momentOrNull } from "./shared.ts";

export const OBLIGATION_STATES = ["open", "due", "overdue", "fulfilled"] as const;

export const ObligationResource = z
  .object({
    subject: z.object({ type: z.enum(DUTY_SUBJECTS), no: z.string() }),
    duty: z.enum(DUTIES),
    owner: z.object({ personId: z.string().nullable(), orgCode: z.string().nullable() }),
    dueAt: Moment,
    state: z.enum(OBLIGATION_STATES),
    nextReminderAt: Moment.nullable(),
    step: z.number().int().describe("how many reminders there have been"),
  })
  .meta({ id: "Obligation" });
export type ObligationResource = z.infer<typeof ObligationResource>;

/** @param soon - the moment asked about, and the end of the next working day */
export function obligationResource(
  row: ObligationRow,
  soon: { now: Date; dueUntil: Date },
): ObligationResource {
  return {
    subject: { type: row.subjectType, no: row.subjectNo },
    duty: row.duty,
    owner: { personId: row.ownerPerson, orgCode: row.ownerOrg },
    dueAt: isoLocal(row.dueAt),
    state: stateOf(row, soon),
    nextReminderAt: momentOrNull(row.nextReminderAt),
    step: row.step,
  };
}

function stateOf(
  row: ObligationRow,
  { now, dueUntil }: { now: Date; dueUntil: Date },
): (typeof OBLIGATION_STATES)[number] {
  if (row.fulfilledAt !== null) return "fulfilled";
  if (row.dueAt < now) return "overdue";
  return row.dueAt < dueUntil ? "due" : "open";
}
