import {
  EVENT_SOURCES,
  type EventSource,
  NOWHERE,
  type Place,
} from "../../services/domain/event.ts";
import type { PlaceReading } from "../../services/domain/understanding.ts";
import type { Turn } from "../turn.ts";

/** A place as read becomes the place of an event: corrected words, address, grid. */
export function placeOf(reading: PlaceReading | null): Place {
  if (reading === null || reading.raw === "") return NOWHERE;
  return {
    raw: reading.standard === "" ? reading.raw : reading.standard,
    addressCode: reading.addressCode,
    gridCode: reading.gridCode,
    lng: reading.lng,
    lat: reading.lat,
  };
}

/** The grid the group belongs to, or the one a grid worker looks after when it is the only one. */
export function groupGridOf(turn: Turn): string | null {
  if (turn.setting.type === "group" && turn.setting.grid !== null) return turn.setting.grid.code;
  const [only, ...others] = turn.speaker.gridCodes;
  return others.length === 0 ? (only ?? null) : null;
}

/** How the report came in: told by the channel, else by who speaks where. */
export function sourceOf(turn: Turn): EventSource {
  const named = EVENT_SOURCES.find((source) => source === turn.message.source);
  if (named !== undefined) return named;
  if (turn.speaker.roles.some((role) => role === "gridWorker" || role === "gridLeader"))
    return "patrol";
  return turn.message.conversation.type === "group" ? "publicTip" : "privateMessage";
}
