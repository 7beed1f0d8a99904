import { maskPersonalData } from "../../services/domain/masking.ts";
import type { EmergencyKind } from "../../services/domain/understanding.ts";
import { reportEvent } from "../../services/workflows/report-event.ts";
import { categoryName } from "../district.ts";
import {
  emergencyGuide,
  emergencyRegistered,
  emergencyRegisteredInPrivate,
} from "../replies/emergency.ts";
import { reportedBy, type Turn, type TurnResult, urgently } from "../turn.ts";
import { groupGridOf, placeOf, sourceOf } from "./report-parts.ts";

/**
 * Somebody is in danger: the number to ring comes before everything else and before any question. The
 * event is made with what is known, and the command room hears of it at once.
 */
export async function answerEmergency(turn: Turn, kind: EmergencyKind): Promise<TurnResult> {
  const { understanding } = turn;
  const item = understanding.items[0];
  const words = maskPersonalData(turn.message.text);
  const category = `emergency.${kind}`;
  const event = await reportEvent(
    turn.tx,
    turn.office,
    {
      kind: "emergency",
      category,
      platform: turn.district.categories.get(category)?.platform ?? "safetyGovernance",
      level: 4,
      urgency: "critical",
      summary: item?.summary ?? `${categoryName(turn.district, category)}`,
      words,
      place: placeOf(item?.place ?? null),
      groupGridCode: groupGridOf(turn),
      timeText: item?.timeText ?? null,
      people: item?.people ?? null,
      missing: [],
      confidential: understanding.confidential,
      emergency: true,
      source: sourceOf(turn),
      parse: {
        by: understanding.by,
        promptVersion: understanding.promptVersion,
        confidence: understanding.confidence,
        candidates: item?.candidates ?? [],
      },
    },
    reportedBy(turn, 0),
  );
  const registered = understanding.confidential
    ? emergencyRegisteredInPrivate(event.row.no)
    : emergencyRegistered(event.row.no);
  const answer = urgently(`${emergencyGuide(kind)}\n${registered}`);
  return {
    // What must not be seen in the group is said in private, with the number to ring.
    answers: [understanding.confidential ? { ...answer, where: "private" } : answer],
    eventNos: [event.row.no],
    dialog: null,
    keepWords: true,
  };
}
