import type { EmergencyKind, PlaceReading } from "../../services/domain/understanding.ts";
import { findEmergency } from "./emergencies/find-emergency.ts";
import type { Knowledge } from "./knowledge.ts";
import { normalise } from "./normalise.ts";
import { NO_PLACE, readPlace } from "./places/read-place.ts";

/** What a piece of an official's message speaks of: no kind, no urgency, no model. */
export interface Glance {
  /** slugs of the catalog, best first */
  categories: string[];
  place: PlaceReading;
  /** somebody is in danger: the right number to ring comes first, whoever speaks */
  emergency: EmergencyKind | null;
}

/** Looks at words that were cut out of a command, such as the cause or the place of a call. */
export function glance(text: string, knowledge: Knowledge): Glance {
  const message = normalise(text);
  const {
    start: _start,
    end: _end,
    vague: _vague,
    within: _within,
    ...place
  } = readPlace(message, 0, message.text.length, {
    gazetteer: knowledge.gazetteer,
    gridCode: null,
    within: null,
  }) ?? { ...NO_PLACE, start: 0, end: 0, vague: true, within: null };
  return {
    categories: knowledge.categories.read(message.text).scores.map(({ category }) => category),
    place,
    emergency: findEmergency(message.text),
  };
}
