import { type ClockMove, LATEST, type ProductClock } from "./product-clock.ts";

// A jump over many months stops at most so often and so long; the rest is one jump, in which each duty
// is reminded of once, by the strongest reminder that is due.
const MOST_STOPS = 500;
const LONGEST_MS = 6_000;

/**
 * Moves the sandbox's clock the way time passes: it stops wherever something falls due, lets that happen
 * at its own moment, and goes on. So a week passed in one step leaves the same history as a week.
 *
 * @param nextDue - the next moment after the first, up to the second, at which something falls due
 * @param settle - does what is due and says it
 */
export async function passTime(
  clock: ProductClock,
  target: Date,
  nextDue: (after: Date, until: Date) => Promise<Date | null>,
  settle: () => Promise<void>,
): Promise<ClockMove> {
  const impossible = target.getTime() < clock.now().getTime() - 1000 || target.getTime() > LATEST;
  if (impossible) return clock.moveTo(target);
  const begun = performance.now();
  for (let stops = 0; stops < MOST_STOPS && performance.now() - begun < LONGEST_MS; stops++) {
    const stop = await nextDue(clock.now(), target);
    if (stop === null) break;
    const moved = await clock.moveTo(stop);
    if (!moved.ok) return moved;
    await settle();
  }
  // The clock ticks on meanwhile and may have passed the target by itself.
  const now = clock.now();
  const move = await clock.moveTo(now > target ? now : target);
  if (move.ok) await settle();
  return move;
}
