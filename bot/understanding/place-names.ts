import { NO_NAME, NUMBERED, SPOT } from "./places/place-words.ts";

/** 「地名 老粮站 就是 南塘家园」: what people say, and the registry's name for it. */
export function readTaughtName(note: string): { alias: string; name: string } | null {
  const match = /^(.+?)(?:[\s,，]*(?:就是|也叫作?|指的?是|是|=)[\s:：]*)(.+)$/.exec(bare(note));
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { alias: bare(match[1]), name: bare(match[2]) };
}

export const bare = (words: string): string => words.replace(/[「」"“”'\s。.!!]/g, "");

/** Every district has one: as another name of one place it would mislead. */
export const isGeneralName = (name: string): boolean =>
  NO_NAME.test(name) || NO_NAME.test(nameIn(name));

/** The name alone: 老粮站 of 老粮站3幢门口. */
export function nameIn(place: string): string {
  const words = bare(place);
  const numbered = words.search(NUMBERED);
  if (numbered > 0) return words.slice(0, numbered);
  for (let at = 2; at < words.length; at++) {
    const spot = SPOT.exec(words.slice(at))?.[0];
    if (spot !== undefined && at + spot.length === words.length) return words.slice(0, at);
  }
  return words;
}
