import { readFileSync } from "node:fs";
import { ELEMENT_TYPES } from "../../bot/understanding/places/elements/element-types.ts";
import {
  type ElementParser,
  parseElements,
} from "../../bot/understanding/places/elements/parse-elements.ts";
import { type LabelledAddress, readLabelledAddresses } from "../addresses/labelled-addresses.ts";

/** `npm run eval -- --addresses FILE.jsonl`: how well addresses are split, and how fast. */
export function evaluateAddresses(file: string) {
  const addresses = readLabelledAddresses(readFileSync(file, "utf8"), file);
  parseElements("");
  const started = performance.now();
  const report = scoreAddresses(addresses, parseElements);
  const seconds = Math.round(performance.now() - started) / 1000;
  return { ...report, seconds, perSecond: Math.round(addresses.length / Math.max(seconds, 0.001)) };
}

/** An element counts as right when its type, its beginning and its end are. */
export function scoreAddresses(addresses: readonly LabelledAddress[], parse: ElementParser) {
  const counts = new Map(
    ELEMENT_TYPES.map((type) => [type as string, { right: 0, found: 0, labelled: 0 }]),
  );
  const bump = (type: string, what: "right" | "found" | "labelled") => {
    const count = counts.get(type);
    if (count !== undefined) count[what]++;
  };
  for (const { text, spans } of addresses) {
    const labelled = new Set(spans.map(({ type, start, end }) => `${type} ${start} ${end}`));
    for (const { type } of spans) bump(type, "labelled");
    for (const { type, start, end } of parse(text)) {
      bump(type, "found");
      if (labelled.has(`${type} ${start} ${end}`)) bump(type, "right");
    }
  }
  const all = [...counts.values()].reduce(
    (sum, { right, found, labelled }) => ({
      right: sum.right + right,
      found: sum.found + found,
      labelled: sum.labelled + labelled,
    }),
    { right: 0, found: 0, labelled: 0 },
  );
  const { precision, recall, f1 } = rates(all);
  return {
    n: addresses.length,
    precision,
    recall,
    spanF1: f1,
    perType: Object.fromEntries(
      [...counts].map(([type, count]) => [type, { ...rates(count), n: count.labelled }]),
    ),
  };
}

/** A rate without cases is null. */
function rates({ right, found, labelled }: { right: number; found: number; labelled: number }) {
  const rate = (a: number, b: number) => (b === 0 ? null : Math.round((a / b) * 10_000) / 10_000);
  return {
    precision: rate(right, found),
    recall: rate(right, labelled),
    f1: rate(2 * right, found + labelled),
  };
}
