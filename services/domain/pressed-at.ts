import { DAY_MS, spokenTime } from "./time.ts";

/** A press kept on a phone this long without signal is done anew: too much has happened meanwhile. */
export const OLDEST_PRESS_MS = 3 * DAY_MS;
/** A press told this much later than it was made is noted as such. */
const DELAYED_MS = 120_000;

/** Until when a press counts as made now, and from when on it is too old to count at all. */
export function pressedWhen(
  told: Date | undefined,
  now: Date,
): { kind: "now" } | { kind: "earlier"; at: Date } | { kind: "tooOld" } {
  const waited = told === undefined ? 0 : now.getTime() - told.getTime();
  if (told === undefined || waited <= DELAYED_MS) return { kind: "now" };
  return waited > OLDEST_PRESS_MS ? { kind: "tooOld" } : { kind: "earlier", at: told };
}

/** What the history says of it beside the note. */
export function notePressed(note: string | null, pressedAt: Date | null): string | null {
  if (pressedAt === null) return note;
  const told = `手机上${spokenTime(pressedAt)}按下,有信号后送达`;
  return note === null || note === "" ? told : `${note}(${told})`;
}
