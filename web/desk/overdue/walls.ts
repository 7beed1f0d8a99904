import type { Obligation } from "../api.ts";

export interface Wall {
  /** code of an organisation, or id of a person */
  owner: string;
  duties: Obligation[];
}

/** Duties by owner, whoever owes the most first; within one, the longest overdue first. */
export function wallsOf(duties: readonly Obligation[], duty: string | null): Wall[] {
  const walls = new Map<string, Obligation[]>();
  for (const one of duties) {
    if (duty !== null && one.duty !== duty) continue;
    const owner = one.owner.orgCode ?? one.owner.personId ?? "";
    const list = walls.get(owner) ?? [];
    list.push(one);
    walls.set(owner, list);
  }
  return [...walls]
    .map(([owner, list]) => ({
      owner,
      duties: list.sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt)),
    }))
    .sort((a, b) => b.duties.length - a.duties.length || (a.owner < b.owner ? -1 : 1));
}

/** How many of each duty, the most first. */
export function countsByDuty(duties: readonly Obligation[]): [Obligation["duty"], number][] {
  const counts = new Map<Obligation["duty"], number>();
  for (const { duty } of duties) counts.set(duty, (counts.get(duty) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
