import type { Rehearsal } from "../services/domain/rehearsal.ts";
import { REPORTING_KINDS } from "../services/domain/understanding.ts";
import type { Ear } from "./understanding/understand.ts";

/**
 * How a resident's words would be read in a group of a grid, or in private.
 *
 * @param gridCode - null: said in private
 */
export function rehearsed(
  ear: Pick<Ear, "rehearse">,
  text: string,
  gridCode: string | null,
  now: Date,
): Rehearsal {
  const reading = ear.rehearse({
    text,
    hasPicture: false,
    sentAt: now,
    speaker: { official: false, roles: [] },
    conversation: {
      type: gridCode === null ? "private" : "group",
      kind: gridCode === null ? null : "resident",
      gridCode,
    },
    pendingQuestion: null,
    ownEvents: [],
    neighbourEvents: [],
  });
  return {
    kind: reading.kind,
    reports: (REPORTING_KINDS as readonly string[]).includes(reading.kind),
    emergency: reading.emergency,
    confidence: reading.confidence,
    items: reading.items.map((item) => ({
      category: item.category,
      candidates: item.candidates,
      summary: item.summary,
      level: item.level,
      urgency: item.urgency,
      place: item.place.standard || item.place.raw || null,
      gridCode: item.place.gridCode,
    })),
  };
}
