import { sharesOf } from "./classifier.ts";

/** A text the model had not seen: its margins, and which label was right; -1 when none it knows. */
export interface HeldOut {
  margins: Float64Array;
  right: number;
}

/** A guess: how sure the reader was, 0–1, and whether it was right. */
export interface Guess {
  share: number;
  right: boolean;
}

export interface CurvePoint {
  from: number;
  to: number;
  /** share of right guesses among those this sure */
  right: number;
  n: number;
}

/** The sharpness that makes the shares of unseen texts most probable, 1–30. */
export function fitSharpness(heldOut: readonly HeldOut[]): number {
  let low = 0;
  let high = Math.log(30);
  for (let step = 0; step < 30; step++) {
    const third = (high - low) / 3;
    if (loss(heldOut, Math.exp(low + third)) <= loss(heldOut, Math.exp(high - third)))
      high -= third;
    else low += third;
  }
  return Math.round(Math.exp((low + high) / 2) * 1000) / 1000;
}

const LEAST_SHARE = 1e-4;

const loss = (heldOut: readonly HeldOut[], sharpness: number): number =>
  heldOut.reduce((sum, { margins, right }) => {
    const share = sharesOf(margins, sharpness)[right] ?? 0;
    return sum - Math.log(Math.max(share, LEAST_SHARE));
  }, 0);

/** How often a guess was right, by how sure it was, in tenths. */
export function calibrationCurve(guesses: readonly Guess[]): CurvePoint[] {
  return Array.from({ length: 10 }, (_, tenth) => tenth).flatMap((tenth) => {
    const inBand = guesses.filter(({ share }) => Math.min(9, Math.floor(share * 10)) === tenth);
    if (inBand.length === 0) return [];
    const right = inBand.filter((guess) => guess.right).length / inBand.length;
    return [{ from: tenth / 10, to: (tenth + 1) / 10, right: round(right), n: inBand.length }];
  });
}

/** Of guesses this sure at least so many have to be right. */
const TRUSTED = 0.8;

/**
 * Above this share a guess is taken as it is; below it the three best are offered. Seen from the top of the
 * curve, the last tenth in which enough guesses were right; 1 when there is none.
 */
export function chooseThreshold(curve: readonly CurvePoint[]): number {
  let threshold = 1;
  for (const { from, right } of [...curve].reverse()) {
    if (right < TRUSTED) break;
    threshold = from;
  }
  return threshold;
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
