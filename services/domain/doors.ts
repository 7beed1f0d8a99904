import { readNumeral } from "./numeral.ts";

/** Whether both name doors of one kind and none in common: another building, another unit. */
export function namesOtherDoor(one: string, other: string): boolean {
  const [ours, theirs] = [doorsOf(one), doorsOf(other)];
  return DOOR_KINDS.some((kind) => {
    const a = ours.filter((door) => door.endsWith(kind));
    const b = theirs.filter((door) => door.endsWith(kind));
    return a.length > 0 && b.length > 0 && !a.some((door) => b.includes(door));
  });
}

/** The doors a text names: `3幢`, `2单元`, `501室`. */
export const doorsOf = (text: string): readonly string[] =>
  plainDoors(text).match(/\d+(?:幢|单元|室)/g) ?? [];

/** 三号楼, 3栋 → 3幢: doors are written in many ways. */
export const plainDoors = (text: string): string =>
  text.replace(DOOR, (words, numeral: string, building?: string, unit?: string) => {
    const value = readNumeral(numeral);
    if (value === null) return words;
    return `${value}${building === undefined ? (unit === undefined ? "室" : "单元") : "幢"}`;
  });

/** The place down to its building: 柳岸新村6号楼2单元301室 → 柳岸新村6号楼. */
export const withoutDoor = (place: string): string => {
  const doors = [...place.matchAll(DOOR)];
  const building = doors.find(([, , word]) => word !== undefined);
  if (building !== undefined) return place.slice(0, building.index + building[0].length);
  const inside = doors[0];
  return (inside === undefined ? place : place.slice(0, inside.index))
    .replace(/[-—–#]\s?\d{3,4}\s*$/, "")
    .trim();
};

const DOOR_KINDS = ["幢", "单元", "室"] as const;
const DOOR =
  /(\d{1,5}|[零〇一二两三四五六七八九十百]{1,4}) ?(?:(号楼|幢|栋|座)|(单元|门洞)|(室|房(?!子|东|屋|间|价|管)))/g;
