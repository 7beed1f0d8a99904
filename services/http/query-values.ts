import { z } from "zod";
import { DAY_MS } from "../domain/time.ts";

/** One of several values, or some of them separated by commas: `status=assigned,handling`. */
export const someOf = <Value extends z.ZodType<unknown, string>>(value: Value) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    )
    .pipe(z.array(value).min(1))
    .optional();

/** Years that people mean, and that every database knows. */
const isReasonable = (at: Date): boolean =>
  at.getTime() >= Date.UTC(1900, 0, 1) && at.getTime() < Date.UTC(2200, 0, 1);

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day of Asia/Shanghai, or a moment with its offset. @param bound - a day as `until` counts in full */
export const timeBound = (bound: "since" | "until") =>
  z
    .string()
    .transform((text, context) => {
      // In an address a bare plus sign reads as a space.
      const given = text.trim().replace(/ (\d{2}:\d{2})$/, "+$1");
      const at = new Date(DAY.test(given) ? `${given}T00:00:00+08:00` : given);
      const hasOffset = DAY.test(given) || /(Z|[+-]\d{2}:\d{2})$/i.test(given);
      if (!isReasonable(at) || !hasOffset) {
        context.addIssue(
          "Give a day (2026-11-23) or a moment with offset (2026-11-23T09:00:00+08:00).",
        );
        return z.NEVER;
      }
      return bound === "until" && DAY.test(given) ? new Date(at.getTime() + DAY_MS) : at;
    })
    .optional()
    .describe(
      bound === "since"
        ? "a day or a moment; from it on"
        : "a day, which counts in full, or a moment, before it",
    );
