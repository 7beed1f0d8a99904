import { type EventRecord, findEvents, openEventNosOfGrid } from "../../db/queries/events.ts";
import { isOpenEvent, NOWHERE, type Place } from "../../services/domain/event.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";
import type { EmergencyKind } from "../../services/domain/understanding.ts";
import { joinEvent } from "../../services/workflows/join-event.ts";
import { reportEvent } from "../../services/workflows/report-event.ts";
import { categoryName } from "../district.ts";
import {
  emergencyGuide,
  emergencyKnown,
  emergencyRegistered,
  emergencyRegisteredInPrivate,
} from "../replies/emergency.ts";
import { reportedBy, type Turn, type TurnResult, urgently } from "../turn.ts";
import { DIALOG_EVENT } from "./open-question.ts";
import { groupGridOf, placeOf, sourceOf, withLocation } from "./report-parts.ts";

/**
 * Somebody is in danger: the number to ring comes before everything else and before any question. The
 * event is made with what is known, and the command room hears of it at once.
 */
export async function answerEmergency(turn: Turn, kind: EmergencyKind): Promise<TurnResult> {
  const { understanding } = turn;
  const same = understanding.confidential ? null : await sameEmergency(turn, kind);
  const words = maskPersonalData(turn.message.text);
  const joined =
    same === null ? null : await joinEvent(turn.tx, turn.office, same, words, reportedBy(turn, 0));
  const event = joined?.ok ? joined.event : await raise(turn, kind, words);
  const { no } = event.row;
  const registered = joined?.ok
    ? emergencyKnown(no)
    : understanding.confidential
      ? emergencyRegisteredInPrivate(no)
      : emergencyRegistered(no);
  const answer = urgently(`${emergencyGuide(kind)}\n${registered}`);
  return {
    // What must not be seen in the group is said in private, with the number to ring.
    answers: [understanding.confidential ? { ...answer, where: "private" } : answer],
    eventNos: [no],
    // What its sender says next is about this.
    dialog: { [DIALOG_EVENT]: no },
    keepWords: true,
  };
}

function raise(turn: Turn, kind: EmergencyKind, words: string): Promise<EventRecord> {
  const { understanding } = turn;
  const item = understanding.items[0];
  const category = categoryOf(kind);
  return reportEvent(
    turn.tx,
    turn.office,
    {
      kind: "emergency",
      category,
      platform: turn.district.categories.get(category)?.platform ?? "safetyGovernance",
      level: 4,
      urgency: "critical",
      summary: item?.summary ?? categoryName(turn.district, category),
      words,
      place: saidPlace(turn),
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
}

/** Only what was said: rescuers must not be sent to the estate that the group happens to stand for. */
function saidPlace(turn: Turn): Place {
  const reading = turn.understanding.items[0]?.place;
  const said = reading === undefined || reading.raw === "" ? NOWHERE : placeOf(reading);
  return withLocation(turn, said);
}

export const categoryOf = (kind: EmergencyKind): string => `emergency.${kind}`;

// In a fire everybody cries: what is told of the same kind here within this time is one event.
const SAME_MINUTES = 30;

/** The same emergency: told by this person before, or by neighbours who see the same scene. */
async function sameEmergency(turn: Turn, kind: EmergencyKind): Promise<string | null> {
  const place = saidPlace(turn);
  const gridCode = place.gridCode ?? groupGridOf(turn);
  const since = new Date(turn.office.clock.now().getTime() - SAME_MINUTES * MINUTE_MS);
  const nearby =
    gridCode === null
      ? []
      : await findEvents(turn.tx, await openEventNosOfGrid(turn.tx, gridCode, since));
  const own = turn.own.filter(({ row }) => row.createdAt >= since && isOpenEvent(row.status));
  const isSame = (fits: typeof onePlace) => (event: EventRecord) =>
    event.row.category === categoryOf(kind) &&
    !event.row.confidential &&
    fits(event.row.placeRaw, place.raw);
  const same =
    own.find(isSame(onePlace)) ??
    nearby.find(isSame(OF_A_SCENE.includes(kind) ? onePlace : namedPlace));
  return same?.row.no ?? null;
}

/** What everybody around sees at once. Any other danger is somebody's own: two cries are two people. */
const OF_A_SCENE: readonly EmergencyKind[] = ["fire", "gasLeak", "collapse"];

const namedPlace = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && onePlace(one, other);

const onePlace = (one: string | null, other: string | null): boolean =>
  one === null || other === null || one.includes(other) || other.includes(one);
