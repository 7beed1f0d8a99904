import { z } from "zod";
import { DATUMS, type Datum, fromBrowser } from "../browser-position.ts";
import type { Actor } from "../domain/actor.ts";
import { pressedWhen } from "../domain/pressed-at.ts";
import { invalidValue, type ProblemSaid } from "./problem.ts";

/** Of requests that a phone may have to send twice. */
export const PressHeaders = z.looseObject({
  "idempotency-key": z
    .uuid()
    .optional()
    .describe("the same key from the same person is the same press: it is done once"),
});

/** Beside the command in the body of an action. */
export const PressBody = z.object({
  pressedAt: z.iso
    .datetime({ offset: true })
    .transform((iso) => new Date(iso))
    .optional()
    .describe(
      "when it was pressed, by the product's clock, where it could not be sent at once: noted in the history; refused after three days",
    ),
  datum: z
    .enum(DATUMS)
    .optional()
    .describe("of lng and lat; a browser's are wgs84; absent: the registry's"),
});

export const pressKey = (headers: z.infer<typeof PressHeaders>): string | null =>
  headers["idempotency-key"] ?? null;

export const whoPresses = (actor: Actor): string => actor.personId ?? "token";

/** @returns when it was pressed, null where that is now; or why it is too late */
export function pressMoment(
  told: Date | undefined,
  now: Date,
): { ok: true; at: Date | null } | { ok: false; problem: ProblemSaid } {
  const when = pressedWhen(told, now);
  if (when.kind === "tooOld") return { ok: false, problem: TOO_OLD };
  return { ok: true, at: when.kind === "earlier" ? when.at : null };
}

/** A position in the registry's coordinates; what has none stays as it is. */
export function inRegistry<Given extends { lng?: unknown; lat?: unknown }>(
  given: Given,
  told: Datum | undefined,
  registry: Datum,
): Given {
  const { lng, lat } = given;
  return told === "wgs84" && typeof lng === "number" && typeof lat === "number"
    ? { ...given, ...fromBrowser({ lng, lat }, registry) }
    : given;
}

const TOO_OLD: ProblemSaid = {
  status: 422,
  code: "pressTooOld",
  title: "Pressed too long ago",
  detail: "这一下按了三天多才送到,没有办理。请看看现在的状态,需要的话重新点一次。",
};

export const keyOfAnother = invalidValue(
  "headers.idempotency-key",
  "这个 Idempotency-Key 已用于别的编号。请换一个新的 UUID。",
);
