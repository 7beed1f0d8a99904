import { z } from "zod";
import { DAY_MS } from "../../services/domain/time.ts";
import { checked, type ExpectedSpan, isLongAgo, shanghai, type TimeCase } from "./time-cases.ts";

const ENTRIES = z.array(
  z.object({
    Input: z.string(),
    Context: z.object({ ReferenceDateTime: z.string() }).optional(),
    NotSupported: z.string().optional(),
    NotSupportedByDesign: z.string().optional(),
    Results: z.array(
      z.object({
        TypeName: z.string(),
        Start: z.number().optional(),
        End: z.number().optional(),
        Text: z.string(),
        Resolution: z.object({ values: z.array(z.record(z.string(), z.unknown())) }).nullish(),
      }),
    ),
  }),
);

export function recognizersCases(list: unknown, name: string): { all: number; cases: TimeCase[] } {
  const entries = checked(ENTRIES, list, name, 1);
  let all = 0;
  const cases = entries.flatMap((entry) => {
    const refused = `${entry.NotSupported ?? ""} ${entry.NotSupportedByDesign ?? ""}`;
    if (/javascript/i.test(refused)) return [];
    const now = shanghai(entry.Context?.ReferenceDateTime ?? "2020-01-01T00:00:00");
    return entry.Results.flatMap((result) => {
      all++;
      const kind = result.TypeName.split(".").at(-1) ?? "";
      const values = result.Resolution?.values ?? [];
      const expected = expectedOf(kind, values, now);
      const start = result.Start ?? entry.Input.indexOf(result.Text);
      const end = (result.End ?? start + result.Text.length - 1) + 1;
      return expected === null ? [] : [{ text: entry.Input, start, end, now, kind, expected }];
    });
  });
  return { all, cases };
}

function expectedOf(
  kind: string,
  values: readonly Record<string, unknown>[],
  now: Date,
): TimeCase["expected"] | null {
  const [first] = values;
  if (first === undefined) return null;
  if (kind === "duration") {
    const seconds = Number(first.value);
    return { is: "length", least: seconds, most: seconds };
  }
  if (kind === "set") {
    const every = everyOf(String(first.timex));
    return every === null ? null : { is: "repeated", every };
  }
  if (!/^date/.test(kind)) return null;
  const spans = values.flatMap((value) => spanOf(kind, value, now) ?? []);
  const past = spans.filter(({ from, to }) => (from ?? to ?? now) <= now && !isLongAgo(from ?? to));
  return past.length === 0 ? null : { is: "span", anyOf: past };
}

const SECONDS: Record<string, number> = { D: 86_400, W: 604_800, M: 2_592_000, Y: 31_536_000 };

function everyOf(timex: string): number | null {
  if (timex.startsWith("XXXX-WXX")) return SECONDS.W ?? null;
  const [, count, unit] = /^P(\d+)([DWMY])$/.exec(timex) ?? [];
  return unit === undefined ? null : Number(count) * (SECONDS[unit] ?? 0);
}

function spanOf(kind: string, value: Record<string, unknown>, now: Date): ExpectedSpan | null {
  const text = (key: string) => (typeof value[key] === "string" ? value[key] : null);
  const point = text("value");
  if (point === "not resolved") return null;
  if (point !== null) {
    const from = shanghai(point);
    const to = new Date(from.getTime() + (kind === "date" ? DAY_MS : 60_000));
    return { from, to, match: kind === "date" ? "exact" : "inside" };
  }
  const [start, end, mod] = [text("start"), text("end"), text("Mod")];
  const from = start === null ? null : shanghai(start);
  const to = end === null ? (mod === "since" || mod === "after" ? now : null) : shanghai(end);
  const part = /T(?:MO|AF|EV|NI)/.test(text("timex") ?? "");
  return { from, to, match: part ? "blur" : "exact" };
}
