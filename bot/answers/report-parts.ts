import {
  EVENT_SOURCES,
  type EventSource,
  type MissingElement,
  NOWHERE,
  type Place,
} from "../../services/domain/event.ts";
import type { PlaceReading } from "../../services/domain/understanding.ts";
import { gridName } from "../district.ts";
import type { Turn } from "../turn.ts";

/**
 * A place as read becomes the place of an event: corrected words, address, grid. Where nothing was
 * named, `standard` is what the group's grid stands for: enough for a power cut, too little for noise
 * next door, which is then `missing`.
 */
export function placeOf(
  reading: PlaceReading | null,
  missing: readonly MissingElement[] = [],
): Place {
  if (reading === null) return NOWHERE;
  const words = reading.standard === "" ? reading.raw : reading.standard;
  if (words === "" || (reading.raw === "" && missing.includes("place"))) return NOWHERE;
  return {
    raw: words,
    addressCode: reading.addressCode,
    gridCode: reading.gridCode,
    lng: reading.lng,
    lat: reading.lat,
  };
}

/**
 * The place with the location that came along: it stands for a place that nobody named, and says in which
 * grid lies one that the registry does not know.
 */
export function withLocation(turn: Turn, place: Place): Place {
  const { location } = turn.message;
  if (location === null || place.gridCode !== null) return place;
  const gridCode = turn.district.gridAt(location);
  const name = gridName(turn.district, gridCode);
  const raw = place.raw ?? (name === null ? "发来的位置" : `${name}内,发来的位置`);
  return { ...place, raw, gridCode, ...location };
}

/**
 * The grid a message is about when its words name none: that of the group; the only one a grid worker
 * looks after; in a private chat the one whose QR code the speaker scanned, else the one they last
 * reported from.
 */
export function groupGridOf(turn: Turn): string | null {
  if (turn.setting.type === "group" && turn.setting.grid !== null) return turn.setting.grid.code;
  const [only, ...others] = turn.speaker.gridCodes;
  if (only !== undefined) return others.length === 0 ? only : null;
  if (turn.setting.type !== "private") return null;
  const scanned = turn.message.gridCode;
  if (scanned !== undefined && turn.district.grids.has(scanned)) return scanned;
  return turn.own.find(({ row }) => row.gridCode !== null)?.row.gridCode ?? null;
}

/** How the report came in: told by the channel, else by who speaks where. */
export function sourceOf(turn: Turn): EventSource {
  const named = EVENT_SOURCES.find((source) => source === turn.message.source);
  if (named !== undefined) return named;
  if (turn.speaker.roles.some((role) => role === "gridWorker" || role === "gridLeader"))
    return "patrol";
  return turn.message.conversation.type === "group" ? "publicTip" : "privateMessage";
}
