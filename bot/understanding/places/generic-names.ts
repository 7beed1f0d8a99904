import type { KnownAddress } from "../directory.ts";
import { NO_NAME } from "./place-words.ts";

/**
 * A kind of place that everybody has one of: 「幼儿园」, 「烧烤店」. As a nickname in the registry it means
 * something only to those who live beside it, so it names no place by itself.
 */
export const isGenericName = (name: string, address: KnownAddress): boolean =>
  address.kind === "poi" && NO_NAME.test(name);

/** The points of a grid that a generic word may mean: 「幼儿园」 → 锦绣幼儿园, 小白鸽幼儿园. */
export const pointsOfKind = (points: readonly KnownAddress[], word: string): KnownAddress[] =>
  points.filter(
    ({ name, aliases }) => name.endsWith(word) || aliases.some((alias) => alias.endsWith(word)),
  );
