import { checkOrgs } from "./check-orgs.ts";
import { checkRules } from "./check-rules.ts";
import { checkUserIds } from "./check-user-ids.ts";
import type { Reference } from "./columns.ts";
import { REGISTRY_FILES } from "./files.ts";
import type { KnownCodes, Values } from "./known-codes.ts";
import { type Problem, shown } from "./problem.ts";
import type { Folder, GivenFile } from "./read-folder.ts";

/** What is wrong between the files, and between them and the database. */
export function checkAcrossFiles(folder: Folder, known: KnownCodes): Problem[] {
  return [
    ...[...folder.given.values()].flatMap((given) => checkReferences(given, folder, known)),
    ...checkOrgs(folder, known),
    ...checkUserIds(folder, known),
    ...checkRules(folder, known),
  ];
}

function checkReferences({ file, rows }: GivenFile, folder: Folder, known: KnownCodes): Problem[] {
  const problems: Problem[] = [];
  for (const [column, { refersTo, stored, schema }] of Object.entries(file.columns)) {
    if (refersTo === undefined || folder.given.get(refersTo.file)?.readable === false) continue;
    const codes = known.after.get(refersTo.file);
    for (const { line, values } of rows) {
      const text = values[column] ?? "";
      if (text === "" || !schema.safeParse(text).success) continue;
      for (const code of stored === "list" ? text.split(";") : [text]) {
        const what = complaint(code, codes?.get(code), refersTo);
        if (what !== null) problems.push({ file: file.name, line, column, what });
      }
    }
  }
  return problems;
}

function complaint(code: string, found: Values | undefined, refersTo: Reference): string | null {
  if (found === undefined)
    return `${shown(code)} is not known: it is neither in ${refersTo.file} nor in the database. Correct it, or add it to ${refersTo.file}.`;
  const type = found.type ?? "";
  return refersTo.types === undefined || refersTo.types.includes(type)
    ? null
    : `${shown(code)} is a ${type}; a ${refersTo.types.join(" or ")} is wanted. Correct it.`;
}

const ORDER = new Map(REGISTRY_FILES.map((file, at) => [file.name, at]));

/** In the order of files and lines, as somebody goes through them. */
export const inReadingOrder = (problems: readonly Problem[]): Problem[] =>
  [...problems].sort(
    (one, other) =>
      (ORDER.get(one.file) ?? 0) - (ORDER.get(other.file) ?? 0) || one.line - other.line,
  );
