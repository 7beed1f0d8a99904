/** Counts calls in a sliding window. */
export function createLimit(most: number | null, windowMs: number, now: () => number) {
  const calls = new Map<string, number[]>();
  return {
    /** @returns false when this call is one too many */
    admits: (key: string): boolean => {
      if (most === null) return true;
      const since = now() - windowMs;
      const recent = (calls.get(key) ?? []).filter((at) => at > since);
      const admitted = recent.length < most;
      calls.set(key, admitted ? [...recent, now()] : recent);
      return admitted;
    },
  };
}
