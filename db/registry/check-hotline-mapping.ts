import { MAPPED_TO, type MappingKind } from "../../services/domain/hotline/mapping.ts";
import type { KnownCodes } from "./known-codes.ts";
import { type Problem, shown } from "./problem.ts";
import type { GivenFile } from "./read-folder.ts";

/**
 * A hotline's word means one thing of ours, one that there is; a state of ours is answered by one word.
 * What an earlier import left is compared too.
 */
export function checkHotlineMapping({ file, rows }: GivenFile, known: KnownCodes): Problem[] {
  const categories = known.after.get("categories.csv");
  const others = [...(known.after.get(file.name)?.values() ?? [])];
  return rows.flatMap(({ line: at, values }): Problem[] => {
    const { line = "", theirs = "", ours = "" } = values;
    const kind = values.kind as MappingKind;
    const complain = (column: string, what: string): Problem[] => [
      { file: file.name, line: at, column, what },
    ];
    if (kind === "category" && categories !== undefined && !categories.has(ours))
      return complain("ours", `${shown(ours)} is no slug of categories.csv. Correct it.`);
    if (kind !== "category" && !MAPPED_TO[kind].includes(ours))
      return complain(
        "ours",
        `${shown(ours)} is no ${kind === "answer" ? "state" : kind}. Write one of: ${MAPPED_TO[kind].join(", ")}.`,
      );
    const [one, other] =
      kind === "answer" ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const);
    const twice = others.some(
      (row) =>
        row.line === line &&
        row.kind === kind &&
        row[one] === values[one] &&
        row[other] !== values[other],
    );
    return twice
      ? complain(
          one,
          `${shown(kind === "answer" ? ours : theirs)} is mapped twice. Leave one line, and import with --prune if the other stands in the district already.`,
        )
      : [];
  });
}
