/** A stretch of a text that has been understood. */
export interface Stretch {
  start: number;
  end: number;
}

/** The text without the stretches, in one line, without what only joined them to the rest. */
export function leftover(text: string, understood: readonly Stretch[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of [...understood].sort((a, b) => a.start - b.start)) {
    if (start > done) pieces.push(text.slice(done, start));
    done = Math.max(done, end);
  }
  pieces.push(text.slice(done));
  return pieces
    .map(bare)
    .filter((piece) => piece !== "")
    .join(" ");
}

const JOINTS =
  "[\\s、,，;；:：。!！.]|请(?!求|示|假)|(?<!重)需要|到(?=$)|在(?=$)|于(?=$)|并(?=$)|以及|(?:集合|集中|报到|到场)?(?:地点|时间)(?:是|为)?(?=$)|部门(?=$)";
const OPENS = new RegExp(`^(?:${JOINTS})+`);
const CLOSES =
  /(?:[\s、,，;；:：。!！.]|请|需要|需|要|拟|想|希望|赶紧|赶快|马上|让|喊|通知|到|在|于|并|和|由|为|是|叫|呼叫|呼|(?:集合|集中|报到|到场)?(?:地点|时间)|部门)+$/;

const bare = (piece: string): string => piece.replace(OPENS, "").replace(CLOSES, "");
