/** An organisation as far as its code is to be read as its name. */
export interface CodedOrg {
  code: string;
  name: string;
}

/**
 * Replaces the codes of organisations by their names: the steps of a call keep codes, 「派遣:SLQ-ZF2人」,
 * people read names. A longer code that begins with a shorter one is itself.
 */
export function withOrgNames(text: string, orgs: readonly CodedOrg[]): string {
  if (orgs.length === 0) return text;
  const names = new Map(orgs.map(({ code, name }) => [code, name]));
  const codes = [...names.keys()].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(`(?<![\\w-])(?:${codes.map(literally).join("|")})(?![A-Za-z_-])`, "g");
  return text.replace(pattern, (code) => names.get(code) ?? code);
}

const literally = (code: string): string => code.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
