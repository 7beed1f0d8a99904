import { z } from "zod";
import { checked, type ExpectedSpan, isLongAgo, shanghai, type TimeCase } from "./time-cases.ts";

const LINE = z.object({
  text: z.string(),
  time_base: z.unknown(),
  expect: z.object({
    type: z.string(),
    definition: z.string().optional(),
    time: z.unknown(),
  }),
});
const DELTA = z.record(z.string(), z.union([z.number(), z.boolean()]));

export function jionlpCases(lines: unknown[], name: string): { all: number; cases: TimeCase[] } {
  const cases = lines.flatMap((line, at) => {
    const { text, time_base, expect } = checked(LINE, line, name, at + 1);
    const { begin, now } = baseOf(time_base);
    const kind = expect.type;
    const expected = expectedOf(kind, expect.definition === "blur", expect.time, begin, now);
    return expected === null ? [] : [{ text, start: 0, end: text.length, now, kind, expected }];
  });
  return { all: lines.length, cases };
}

function expectedOf(
  kind: string,
  blur: boolean,
  time: unknown,
  begin: Date,
  now: Date,
): TimeCase["expected"] | null {
  if (kind === "time_delta") {
    const [least, most = least] = (Array.isArray(time) ? time : [time]).map((one) =>
      secondsOf(DELTA.parse(one)),
    );
    return { is: "length", least: least ?? 0, most: most ?? 0 };
  }
  if (kind === "time_period") {
    const { delta } = z.object({ delta: DELTA }).parse(time);
    return { is: "repeated", every: secondsOf(delta) };
  }
  const [start = "", end = ""] = z.array(z.string()).parse(time);
  const from = start === "-inf" ? null : shanghai(start);
  // Ends are told inclusively here, to the second.
  const to = end === "inf" ? null : new Date(shanghai(end).getTime() + 1000);
  const ended = to !== null && to.getTime() - 1000 <= now.getTime();
  if (isLongAgo(from ?? to)) return null;
  const before = from === null || from < begin || ended;
  if (!before) return null;
  const match: ExpectedSpan["match"] = blur ? "blur" : kind === "time_span" ? "exact" : "inside";
  return { is: "span", anyOf: [{ from, to, match }] };
}

const SECONDS: Record<string, number> = {
  year: 31_536_000,
  month: 2_592_000,
  day: 86_400,
  workday: 86_400,
  hour: 3_600,
  minute: 60,
  second: 1,
  zero: 0,
  infinite: Number.POSITIVE_INFINITY,
};

const secondsOf = (delta: Record<string, number | boolean>): number =>
  Object.entries(delta).reduce(
    (sum, [unit, count]) => sum + Number(count) * (SECONDS[unit] ?? (Number.NaN || 0)),
    0,
  );

const STAMPS: Record<string, string> = {
  _ts_1: "2021-06-14 01:06:40",
  _ts_2: "2021-09-01 15:30:00",
  "time.time()": "2030-01-01 00:00:00",
};

/**
 * A stamp, seconds, or a date that goes down to some unit: then from the beginning to the last moment of its day,
 * month or year.
 */
function baseOf(base: unknown): { begin: Date; now: Date } {
  const written = typeof base === "string" ? base : JSON.stringify(base);
  const stamp = STAMPS[written];
  const at = (now: Date) => ({ begin: now, now });
  if (stamp !== undefined) return at(shanghai(stamp));
  if (/^\d{6,}(?:\.\d+)?$/.test(written)) return at(new Date(Number(written) * 1000));
  const [year = 2021, month, day, hour, minute, second] = (written.match(/\d+/g) ?? []).map(Number);
  const utc = (m: number, d: number, h: number) =>
    new Date(Date.UTC(year, m - 1, d, h - 8, minute ?? 0, second ?? 0));
  if (hour !== undefined) return at(utc(month ?? 1, day ?? 1, hour));
  const next =
    month === undefined
      ? utc(13, 1, 0)
      : day === undefined
        ? utc(month + 1, 1, 0)
        : utc(month, day + 1, 0);
  return { begin: utc(month ?? 1, day ?? 1, 0), now: new Date(next.getTime() - 1000) };
}
