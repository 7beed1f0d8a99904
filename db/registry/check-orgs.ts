import type { KnownCodes } from "./known-codes.ts";
import { type Problem, shown } from "./problem.ts";
import type { Folder } from "./read-folder.ts";

/** Under what an organisation may stand; an empty entry: under nothing. */
const PARENT_TYPES: Record<string, readonly string[]> = {
  district: [""],
  street: ["district", ""],
  community: ["street"],
  department: ["district", "department", ""],
  station: ["street", "department"],
};

/** The tree of organisations: one district, fitting parents, no circles. */
export function checkOrgs(folder: Folder, known: KnownCodes): Problem[] {
  const rows = folder.given.get("orgs.csv")?.rows ?? [];
  const orgs = known.after.get("orgs.csv") ?? new Map();
  const districts = [...orgs.values()].filter((org) => org.type === "district");
  const problems: Problem[] = [];

  for (const { line, values } of rows) {
    const complain = (column: string, what: string) =>
      problems.push({ file: "orgs.csv", line, column, what });
    const { code = "", type = "", parent_code: parentCode = "" } = values;
    const wanted = PARENT_TYPES[type];
    const parent = orgs.get(parentCode);

    const another = districts.find((district) => district.code !== code);
    if (type === "district" && another !== undefined)
      complain(
        "type",
        `is a second district beside ${shown(another.code ?? "")}. Keep one; another district needs another SITE.`,
      );
    if (wanted === undefined) continue;
    if (parentCode === "" && !wanted.includes(""))
      complain(
        "parent_code",
        `is empty, but a ${type} belongs to a ${wanted.join(" or ")}. Fill it in.`,
      );
    else if (parent !== undefined && !wanted.includes(parent.type ?? ""))
      complain(
        "parent_code",
        type === "district"
          ? "must be empty: nothing stands above the district. Remove it."
          : `${shown(parentCode)} is a ${parent.type}; a ${type} belongs to a ${wanted.filter(Boolean).join(" or ")}. Correct it.`,
      );
    if (standsAboveItself(code, orgs))
      complain("parent_code", "leads back to the organisation itself. Break the circle.");
  }
  if (districts.length === 0 && folder.given.get("orgs.csv")?.readable)
    problems.push({
      file: "orgs.csv",
      line: 1,
      column: "type",
      what: "no row is of type district. Add the district itself.",
    });
  return problems;
}

function standsAboveItself(
  code: string,
  orgs: ReadonlyMap<string, Readonly<Record<string, string>>>,
): boolean {
  const seen = new Set<string>();
  let above = orgs.get(code)?.parent_code ?? "";
  while (above !== "" && !seen.has(above)) {
    if (above === code) return true;
    seen.add(above);
    above = orgs.get(above)?.parent_code ?? "";
  }
  return false;
}
