/** One line of routing.csv. An empty street means every street. */
export interface RoutingRule {
  category: string;
  streetCode: string;
  leadOrg: string;
  supportOrgs: readonly string[];
}

export interface Route {
  leadOrg: string;
  supportOrgs: readonly string[];
  /** which line decided, for people to read */
  because: string;
}

/** Who should handle a category in a street: the most specific line; null when the table is silent. */
export function route(
  category: string,
  streetCode: string | null,
  rules: readonly RoutingRule[],
): Route | null {
  const fitting = rules.filter((rule) => rule.category === category);
  const own = fitting.find((rule) => rule.streetCode !== "" && rule.streetCode === streetCode);
  const rule = own ?? fitting.find((candidate) => candidate.streetCode === "");
  if (rule === undefined) return null;
  return {
    leadOrg: rule.leadOrg,
    supportOrgs: rule.supportOrgs,
    because: own === undefined ? `${category}: every street` : `${category}: this street`,
  };
}
