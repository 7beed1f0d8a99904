import type { FeedRow } from "../domain/hotline/feed.ts";
import type { HotlineMapping } from "../domain/hotline/mapping.ts";

const LINE = /^\s*(?:[【[]\s*)?([^\s::【】[\]]{1,20})\s*(?:[】\]]\s*[::]?|[::])\s*(.*)$/;

/**
 * The orders of a plain form in a mail: 「工单编号:…」, one field a line, in any order. What follows without a
 * field of its own belongs to the field above; a second order number begins the next order.
 */
export function readMailForm(text: string, mapping: HotlineMapping): FeedRow[] {
  const orders: [string, string][][] = [];
  let current: [string, string][] | null = null;
  for (const line of text.split(/\r?\n/)) {
    // What is quoted below is an older mail.
    if (/^(?:>|-{2,}\s*(?:原始邮件|Original)|在.{4,40}写道[::])/.test(line)) break;
    const [, name = "", value = ""] = LINE.exec(line) ?? [];
    const field = name === "" ? null : mapping.fieldOf(name);
    if (field === "no") {
      current = [];
      orders.push(current);
    }
    if (current === null) continue;
    if (field !== null) current.push([name, value.trim()]);
    else if (/^[-=_*—]{3,}\s*$/.test(line)) current = null;
    else {
      const last = current.at(-1);
      // The deadline or the state does not go on over two lines, words do.
      if (last !== undefined && line.trim() !== "" && isWords(last[0]))
        last[1] = `${last[1]}\n${line.trim()}`.trim();
    }
  }
  return orders.map((row, index) => ({ at: index + 1, row }));

  function isWords(name: string): boolean {
    return ["words", "supplement", "place", "title"].includes(mapping.fieldOf(name) ?? "");
  }
}
