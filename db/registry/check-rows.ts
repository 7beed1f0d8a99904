import { z } from "zod";
import { headerOf, keyOf, type RegistryFile } from "./files.ts";
import type { Problem } from "./problem.ts";
import type { Row } from "./read-csv.ts";

/** What is wrong with the rows of one file, looked at by themselves. */
export function checkRows(file: RegistryFile, rows: readonly Row[]): Problem[] {
  const schema = z.object(
    Object.fromEntries(headerOf(file).map((column) => [column, file.columns[column]?.schema])),
  );
  const problems: Problem[] = [];
  const firstLine = new Map<string, number>();
  for (const { line, values } of rows) {
    const complain = (column: string, what: string) =>
      problems.push({ file: file.name, line, column, what });

    const checked = schema.safeParse(values);
    for (const issue of checked.error?.issues ?? [])
      complain(issue.path.map(String).join("."), issue.message);

    if (file.together !== undefined) {
      const [one, other] = file.together;
      if ((values[one] === "") !== (values[other] === ""))
        complain(
          values[one] === "" ? one : other,
          `is empty, but ${values[one] === "" ? other : one} is not. Fill in both, or neither.`,
        );
    }

    const key = keyOf(file, values);
    const earlier = firstLine.get(key);
    if (earlier === undefined) firstLine.set(key, line);
    else
      complain(file.key.join(","), `the same as in line ${earlier}. Remove one of the two rows.`);
  }
  return problems;
}
