import type { PlaceReading } from "../../../services/domain/understanding.ts";
import type { Heard } from "../heard.ts";
import { type Normalised, normalise, originalWords } from "../normalise.ts";
import type { Gazetteer } from "./gazetteer.ts";
import { readPlace } from "./read-place.ts";

const BUILDING = /[A-Za-z]?\d{1,4} ?(?:号楼|幢|栋|座)/;
const UNIT = /\d{1,3} ?单元/;

/**
 * 「说错了是3幢」: the new words, and the place they make of the old one, so that
 * 锦绣苑5幢楼道 becomes 锦绣苑3幢楼道 and not merely 3幢.
 */
export function readCorrection(
  message: Normalised,
  words: string,
  heard: Heard,
  gazetteer: Gazetteer,
): { place: PlaceReading | null; text: string } {
  const start = message.text.lastIndexOf(words);
  const context = { gazetteer, gridCode: heard.conversation.gridCode, within: null };
  const place = readPlace(message, start, start + words.length, context);
  const text = originalWords(message, start, start + words.length).trim();
  if (place === null) return { place: null, text };
  const { within, start: _start, end: _end, vague: _vague, ...reading } = place;
  const old = heard.ownEvents[0]?.placeRaw ?? null;
  const changed = old === null ? null : replaced(normalise(old).text, words);
  if (changed === null) return { place: reading, text };
  const whole = normalise(changed);
  const found = readPlace(whole, 0, whole.text.length, {
    ...context,
    gridCode: heard.ownEvents[0]?.gridCode ?? context.gridCode,
    within,
  });
  if (found === null) return { place: { ...reading, standard: changed }, text };
  const { standard, addressCode, gridCode, lng, lat, ambiguous } = found;
  return {
    place: { raw: reading.raw, standard, addressCode, gridCode, lng, lat, ambiguous },
    text,
  };
}

/** The old place with the building or unit that the new words name; null when they name neither. */
function replaced(old: string, words: string): string | null {
  let changed = old;
  for (const part of [BUILDING, UNIT]) {
    const said = part.exec(words)?.[0];
    if (said === undefined) continue;
    if (!part.test(changed)) return null;
    changed = changed.replace(part, said.replaceAll(" ", ""));
  }
  return changed === old ? null : changed;
}
