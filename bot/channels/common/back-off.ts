/**
 * How long to wait before an attempt: doubled from one to the next, at most `longestRetry`, the upper
 * half of it by chance, so that many servers do not come back in step.
 *
 * @param failures - attempts since the last sound connection; 0 waits for nothing
 * @param random - from 0 to 1
 * @returns milliseconds
 */
export function backOff(
  failures: number,
  random: number,
  timings: { firstRetry: number; longestRetry: number },
): number {
  if (failures <= 0) return 0;
  const longest = Math.min(timings.longestRetry, timings.firstRetry * 2 ** (failures - 1));
  return longest / 2 + (longest / 2) * random;
}
