import { field, type HttpAnswer } from "../common/post-json.ts";

/**
 * What an answer of a WeChat or WeCom API comes to.
 * - `unauthorized`: the token is no good any more
 * - `limited`: it did nothing and says to come back later
 * - `unavailable`: there is no telling whether it did anything
 * - `rejected`: it did nothing and never will
 */
export type Verdict =
  | { outcome: "ok"; body: unknown }
  | { outcome: "unauthorized"; reason: string }
  | { outcome: "limited"; reason: string; retryAt: Date }
  | { outcome: "unavailable"; reason: string }
  | { outcome: "rejected"; code: string; reason: string };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const BAD_TOKEN = ["40001", "40014", "42001", "41001"];

/** Error numbers that ask for patience, and how much of it. */
const WAITS: Readonly<Record<string, number>> = {
  // calls a day, a minute, at once
  "45009": 30 * MINUTE,
  "45011": MINUTE,
  "45033": SECOND,
  // A permission is usually given by a person.
  "48001": 10 * MINUTE,
  "48002": 10 * MINUTE,
  "60011": 10 * MINUTE,
  "60020": 10 * MINUTE,
};

/** Status 200 always; the truth is in `errcode`, which is absent where nothing is wrong. */
export function verdictOf(answer: HttpAnswer, now: Date, random: number): Verdict {
  const { status, body } = answer;
  const code = field(body, "errcode") ?? "0";
  const reason = `${status} ${code} ${field(body, "errmsg") ?? ""}`.trim().slice(0, 200);
  if (status === 429) return limited(reason, MINUTE, now, random);
  // -1 is "system busy".
  if (status !== 200 || typeof body !== "object" || code === "-1")
    return { outcome: "unavailable", reason };
  if (BAD_TOKEN.includes(code)) return { outcome: "unauthorized", reason };
  const wait = WAITS[code];
  if (wait !== undefined) return limited(reason, wait, now, random);
  return code === "0" ? { outcome: "ok", body } : { outcome: "rejected", code, reason };
}

/** There is no answer at all. */
export function noAnswer(error: unknown): Verdict {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? (field(cause, "code") ?? cause.name) : "unknown";
  return { outcome: "unavailable", reason: `no answer: ${why}` };
}

const limited = (reason: string, wait: number, now: Date, random: number): Verdict => ({
  outcome: "limited",
  reason,
  retryAt: new Date(now.getTime() + wait * (1 + random)),
});
