import { fitInto, type Room } from "../common/fit-into.ts";

const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** DingTalk's limit for `msgParam`, 15,000 bytes of JSON, with room for the field's name and the note. */
const ROOM: Room = {
  most: 14_800,
  size: (text) => byteLength(JSON.stringify(text)) + "{'content':}".length,
};

/** The text as DingTalk takes it: at most `most` bytes as JSON. */
export const fitText = (text: string, most = ROOM.most): string => fitInto(text, { ...ROOM, most });
