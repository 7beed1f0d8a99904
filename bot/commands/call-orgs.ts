import { resolveOrgName } from "../../services/domain/org-name.ts";
import { orgAmbiguous, orgUnknown } from "../replies/refusals.ts";
import type { Turn } from "../turn.ts";

/** In a call 「综合执法」 means the district's department, not the street's own station. */
export function departmentCode(turn: Turn, name: string): { code: string } | { ask: string } {
  const departments = turn.district.orgs.filter((org) => org.type === "department");
  const places = turn.district.orgs.filter((org) => org.type === "district");
  const found = resolveOrgName(name, [...departments, ...places], null);
  switch (found.kind) {
    case "found":
      return { code: found.org.code };
    case "ambiguous":
      return {
        ask: orgAmbiguous(
          name,
          found.orgs.map((org) => org.name),
        ),
      };
    case "unknown":
      return {
        ask: orgUnknown(
          name,
          found.suggestions.map((org) => org.name),
        ),
      };
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
