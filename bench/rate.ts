/** How fast something was done, over and over. */
export interface Rate {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Does `one` so many times, `atOnce` of them side by side. */
export async function rateOf(
  count: number,
  atOnce: number,
  one: (index: number) => Promise<unknown>,
): Promise<Rate> {
  const took: number[] = [];
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let index = next++; index < count; index = next++) {
        const started = performance.now();
        await one(index);
        took.push(performance.now() - started);
      }
    }),
  );
  return told(took, (performance.now() - begun) / 1000);
}

/** Does `one` at a steady pace, whether or not the last one is done: what somebody waits who writes now. */
export async function paced(
  count: number,
  perSecond: number,
  one: (index: number) => Promise<unknown>,
): Promise<Rate> {
  const took: number[] = [];
  const under: Promise<unknown>[] = [];
  const begun = performance.now();
  for (let index = 0; index < count; index++) {
    const due = begun + (index * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    under.push(one(index).then(() => took.push(performance.now() - due)));
  }
  await Promise.all(under);
  return told(took, (performance.now() - begun) / 1000);
}

/** @param took - milliseconds of each */
export function told(took: number[], seconds: number): Rate {
  return {
    perSecond: Math.round(took.length / seconds),
    p50Ms: percentile(took, 0.5),
    p99Ms: percentile(took, 0.99),
  };
}

/** The smallest value that this share does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return rounded(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN);
}

export const rounded = (n: number): number => Math.round(n * 100) / 100;

export const median = (values: readonly number[]): number => percentile(values, 0.5);
