import type { z } from "zod";
import { jionlpCases } from "./jionlp-cases.ts";
import { recognizersCases } from "./recognizers-cases.ts";

/** One thing said about a past time, a length of time or a repetition, and what it means. */
export interface TimeCase {
  /** the whole text, and where in it the words stand */
  text: string;
  start: number;
  end: number;
  now: Date;
  kind: string;
  expected: Expected;
}

export type Expected =
  | { is: "span"; anyOf: ExpectedSpan[] }
  /** a length between these, in seconds, a month counting 30 days and a year 365 */
  | { is: "length"; least: number; most: number }
  /** in seconds likewise */
  | { is: "repeated"; every: number };

/** Up to but without `to`; null is open. */
export interface ExpectedSpan {
  from: Date | null;
  to: Date | null;
  /** `exact`: both ends; `inside`: nowhere outside; `blur`: one inside the other */
  match: "exact" | "inside" | "blur";
}

/**
 * Reads a file of one of two kinds: the JSON list of Recognizers-Text, or the JSON lines of JioNLP.
 *
 * What counts, of Recognizers-Text: every result of an entry that is not marked unsupported for JavaScript, that is a
 * length, a repetition, or a resolved date (with or without its hour) with a reading that begins before the reference;
 * of several readings those before it. Of JioNLP: every length and repetition, and every time that begins before the
 * base. Hours without a day, what only lies ahead, and what lies
 * before 1900 (reign years, centuries) do not count.
 */
export function readTimeCases(text: string, name: string): { all: number; cases: TimeCase[] } {
  if (text.trimStart().startsWith("[")) return recognizersCases(parsed(text, name, 1), name);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return jionlpCases(
    lines.map((line, at) => parsed(line, name, at + 1)),
    name,
  );
}

function parsed(json: string, name: string, line: number): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(
      `${name}:${line} is no JSON. A file is a JSON list of Recognizers-Text or JSON lines of JioNLP.`,
    );
  }
}

export const checked = <Value>(
  shape: z.ZodType<Value>,
  value: unknown,
  name: string,
  line: number,
): Value => {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Error(
    `${name}:${line} ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is wrong"}. See bench/times for what a case is.`,
  );
};

/** `2017-03-22`, `2017-03-22 18:00:00`, `2017-03-22T18:00:00` in Shanghai. */
export const shanghai = (written: string): Date => {
  const iso = written.trim().replace(" ", "T");
  return new Date(`${iso.length === 10 ? `${iso}T00:00:00` : iso}+08:00`);
};

/** Before 1900: nothing that a resident tells of. */
export const isLongAgo = (at: Date | null): boolean =>
  at !== null && at.getTime() < Date.UTC(1900, 0, 1);
