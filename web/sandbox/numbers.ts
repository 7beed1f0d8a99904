/** Event 事件 and call ticket 呼叫工单 numbers, as the product writes them. */
const NUMBER = /(?:SJ|HJ)\d{8}-\d{3,}/g;

export type Segment = { kind: "text" | "eventNo" | "ticketNo"; text: string };

/** Cuts a text at its numbers, so that they can be shown as something to press. */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(NUMBER)) {
    if (match.index > from) segments.push({ kind: "text", text: text.slice(from, match.index) });
    segments.push({
      kind: match[0].startsWith("SJ") ? "eventNo" : "ticketNo",
      text: match[0],
    });
    from = match.index + match[0].length;
  }
  if (from < text.length) segments.push({ kind: "text", text: text.slice(from) });
  return segments;
}

/** The last number of the kind that the text names; null where it names none. */
export function lastNumberIn(text: string, prefix: "SJ" | "HJ"): string | null {
  const found = [...text.matchAll(NUMBER)].map((match) => match[0]);
  return found.filter((no) => no.startsWith(prefix)).at(-1) ?? null;
}
