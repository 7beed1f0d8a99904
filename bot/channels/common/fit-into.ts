/** How many bytes a text takes on the way, and how many the platform allows. */
export interface Room {
  most: number;
  size(text: string): number;
}

export const utf8Room = (most: number): Room => ({
  most,
  size: (text) => new TextEncoder().encode(text).length,
});

/**
 * The text as it may be sent. What is longer ends at a line, if one ends near, and says how much is left
 * out: in one message, so that a repeat after a crash repeats nothing but that message.
 */
export function fitInto(text: string, room: Room): string {
  if (room.size(text) <= room.most) return text;
  const characters = Array.from(text);
  let kept = longestFitting(characters, room);
  const lastLine = characters.lastIndexOf("\n", kept - 1);
  if (lastLine > kept * 0.9) kept = lastLine;
  return `${characters.slice(0, kept).join("")}${note(characters.length - kept)}`;
}

const note = (left: number) => `\n……(内容太长,后面还有${left}字没有发出)`;

function longestFitting(characters: readonly string[], room: Room): number {
  let fits = 0;
  let tooLong = characters.length;
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    const candidate = characters.slice(0, middle).join("") + note(characters.length);
    if (room.size(candidate) <= room.most) fits = middle;
    else tooLong = middle;
  }
  return fits;
}
