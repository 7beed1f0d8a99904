import { field, type HttpAnswer } from "../common/post-json.ts";
import { limited, type Verdict } from "../common/verdict.ts";

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
