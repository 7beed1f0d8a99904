import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { REGISTRY_FILES, type RegistryFile } from "./files.ts";
import { type Problem, shown } from "./problem.ts";
import { textOf } from "./text-of-column.ts";

/** Rows of files that were not given whose organisation, grid or category has just been deactivated. */
export async function leftHanging(tx: Db): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const file of REGISTRY_FILES) {
    // Past duty and leave of people who have gone hang nowhere: only active people are looked up.
    if (file.optional === true) continue;
    for (const [column, { refersTo, stored }] of Object.entries(file.columns)) {
      const target = REGISTRY_FILES.find((other) => other.name === refersTo?.file);
      if (target === undefined) continue;
      const rows = await tx.rows<Record<string, string>>(
        hangingRows(tx.site, file, column, stored === "list", target),
      );
      problems.push(...rows.map((row) => asProblem(file, column, target, row)));
    }
  }
  return problems;
}

function hangingRows(
  site: string,
  file: RegistryFile,
  column: string,
  isList: boolean,
  target: RegistryFile,
) {
  const code = isList
    ? sql`unnest(hanging.${sql.identifier(column)})`
    : sql`hanging.${sql.identifier(column)}`;
  const [key = ""] = target.key;
  return sql`
    select * from (
      select ${textOf(file, file.key)}, ${code} as refers_to
      from ${sql.identifier(file.table)} as hanging
      where hanging.site = ${site} and hanging.active
    ) as hanging
    where refers_to <> '' and not exists (
      select from ${sql.identifier(target.table)} as target
      where target.site = ${site} and target.${sql.identifier(key)} = refers_to and target.active
    )
    limit 1000`;
}

function asProblem(
  file: RegistryFile,
  column: string,
  target: RegistryFile,
  row: Record<string, string>,
): Problem {
  const key = file.key.map((part) => row[part] ?? "").join(",");
  return {
    file: target.name,
    line: 1,
    column: target.key.join(","),
    what: `leaves out ${shown(row.refers_to ?? "")}, to which ${column} of ${shown(key)} in ${file.name} refers. Keep it, or give ${file.name} too.`,
  };
}
