import type { EventRecord } from "../../db/queries/events.ts";
import { categoryName } from "../district.ts";
import type { Turn } from "../turn.ts";

/**
 * The events that words such as 「上礼拜报的路灯」 mean: those whose category or summary shares most
 * pairs of characters with them; all of them where the words name none.
 */
export function meantEvents(
  turn: Pick<Turn, "district" | "message">,
  events: readonly EventRecord[],
): EventRecord[] {
  const said = pairsOf(turn.message.text);
  const scored = events.map((event) => {
    const subject = `${categoryName(turn.district, event.row.category)} ${event.row.summary}`;
    return { event, shared: [...pairsOf(subject)].filter((pair) => said.has(pair)).length };
  });
  const most = Math.max(0, ...scored.map(({ shared }) => shared));
  return scored.filter(({ shared }) => shared === most).map(({ event }) => event);
}

/** Pairs that say what something is; 「不亮」 and 「满了」 say how it is, and people say that of anything. */
function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (const [run] of text.matchAll(/\p{Script=Han}+/gu)) {
    for (let at = 0; at + 2 <= run.length; at++) {
      const pair = run.slice(at, at + 2);
      if (!/[了的不没有是我你他在很都好]/.test(pair)) pairs.add(pair);
    }
  }
  return pairs;
}
