import type { KnownAddress } from "../directory.ts";
import { plainName } from "../normalise.ts";

/**
 * A shortened name in full, as people write it: 柳岸 → 柳岸新村, 学院西路中行 → 学院西路中国银行. A name that is not
 * a shortening stays as it was said, even where the registry prefers another: 河滨花园北门口.
 *
 * @param said - a name or alias of `entry`
 */
export function completeName(said: string, entry: KnownAddress): string {
  const names = [entry.name, ...entry.aliases].map(plainName);
  if (names[0] === said) return said;
  const longer = names.filter((name) => name.length > said.length && isShortFor(said, name));
  return (
    longer.reduce<string | null>(
      (best, name) => (best === null || name.length < best.length ? name : best),
      null,
    ) ?? said
  );
}

/** 中行 of 中国银行: the same characters in the same order. */
function isShortFor(said: string, name: string): boolean {
  let at = 0;
  for (const sign of name) if (sign === said[at]) at++;
  return at === said.length;
}
