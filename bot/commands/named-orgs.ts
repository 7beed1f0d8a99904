import type { Org } from "../../db/queries/directory.ts";
import { resolveOrgName } from "../../services/domain/org-name.ts";
import { orgAmbiguous, orgUnknown } from "../replies/refusals.ts";
import type { Turn } from "../turn.ts";

/** The code of an organisation as named in chat, or the question that its name raises. */
export type NamedOrg = { code: string } | { ask: string };

/** A short name means the organisation in the speaker's own street first, then in the district. */
export const orgCode = (turn: Turn, name: string): NamedOrg =>
  named(name, turn.district.orgs, turn.speaker.streetCode);

/** In a call 「综合执法」 means the district's department, not the street's own station. */
export const departmentCode = (turn: Turn, name: string): NamedOrg =>
  named(
    name,
    turn.district.orgs.filter(({ type }) => type === "department" || type === "district"),
    null,
  );

function named(name: string, orgs: readonly Org[], streetCode: string | null): NamedOrg {
  const namesOf = (found: readonly Org[]) => found.map((org) => org.name);
  const found = resolveOrgName(name, orgs, streetCode);
  switch (found.kind) {
    case "found":
      return { code: found.org.code };
    case "ambiguous":
      return { ask: orgAmbiguous(name, namesOf(found.orgs)) };
    case "unknown":
      return { ask: orgUnknown(name, namesOf(found.suggestions)) };
  }
}

/** What the departments are called, for the readers of calls. */
export const departmentNames = (turn: Turn): string[] =>
  turn.district.orgs.filter((org) => org.type === "department").map((org) => org.name);

/** All names, or the first that is not clear. */
export function departmentCodes(
  turn: Turn,
  names: readonly string[],
): { codes: string[] } | { ask: string } {
  const codes: string[] = [];
  for (const name of names) {
    const found = departmentCode(turn, name);
    if ("ask" in found) return found;
    if (!codes.includes(found.code)) codes.push(found.code);
  }
  return { codes };
}
