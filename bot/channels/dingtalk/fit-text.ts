const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** DingTalk's limit for `msgParam`, 15,000 bytes of JSON, with room for the field's name and the note. */
const MOST_BYTES = 14_800;

/**
 * The text as it may be sent: at most `most` bytes as JSON. What is longer ends at a line, if one ends
 * near, and says how much is left out: in one message, so that a repeat after a crash repeats nothing
 * but that message.
 */
export function fitText(text: string, most = MOST_BYTES): string {
  if (sizeInJson(text) <= most) return text;
  const characters = Array.from(text);
  let kept = longestFitting(characters, most);
  const lastLine = characters.lastIndexOf("\n", kept - 1);
  if (lastLine > kept * 0.9) kept = lastLine;
  return `${characters.slice(0, kept).join("")}${note(characters.length - kept)}`;
}

const sizeInJson = (text: string) => byteLength(JSON.stringify(text)) + "{'content':}".length;

const note = (left: number) => `\n……(内容太长,后面还有${left}字没有发出)`;

function longestFitting(characters: readonly string[], most: number): number {
  let fits = 0;
  let tooLong = characters.length;
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    const candidate = characters.slice(0, middle).join("") + note(characters.length);
    if (sizeInJson(candidate) <= most) fits = middle;
    else tooLong = middle;
  }
  return fits;
}
