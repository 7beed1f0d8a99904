import { z } from "zod";
import type { ImportOutcome } from "../../../../db/registry/import-registry.ts";
import type { ProblemSaid } from "../../problem.ts";

export const RowChangeResource = z.object({
  kind: z.enum(["added", "changed", "deactivated"]),
  key: z.string(),
  columns: z.array(z.object({ column: z.string(), before: z.string(), after: z.string() })),
});

export const ImportResource = z
  .object({
    ok: z.boolean().describe("false: with these problems nothing can be imported"),
    changes: z.array(
      z.object({
        file: z.string(),
        rows: z.number().int(),
        added: z.number().int(),
        changed: z.number().int(),
        deactivated: z.number().int(),
        rowChanges: z.array(RowChangeResource).describe("the first 300; empty once imported"),
      }),
    ),
    problems: z.array(
      z.object({
        file: z.string(),
        line: z.number().int(),
        column: z.string(),
        what: z.string(),
      }),
    ),
    problemCount: z.number().int(),
    ignored: z.array(z.string()).describe("files that are none of the registry's"),
    sampleRemoved: z.boolean(),
  })
  .meta({ id: "RegistryImport" });

const MOST_PROBLEMS = 500;

export function importAnswer(outcome: ImportOutcome): z.infer<typeof ImportResource> {
  const problems = outcome.ok ? [] : outcome.problems;
  return {
    ok: outcome.ok,
    changes: outcome.ok
      ? outcome.changes.map(({ rowChanges, ...change }) => ({
          ...change,
          rowChanges: rowChanges ?? [],
        }))
      : [],
    problems: problems.slice(0, MOST_PROBLEMS),
    problemCount: problems.length,
    ignored: outcome.ignored,
    sampleRemoved: outcome.ok && outcome.sampleRemoved,
  };
}

/** A single row that does not fit, as the import's checks say it. */
export const rowProblem = (
  outcome: Extract<ImportOutcome, { ok: false }>,
  prefix: string,
): ProblemSaid => ({
  status: 422,
  code: "invalidValue",
  title: "The row does not fit",
  detail: `${prefix}没有改动。请按提示改正:${outcome.problems
    .slice(0, 3)
    .map(({ column, what }) => `${column} ${what}`)
    .join(" ")}`,
  errors: outcome.problems
    .slice(0, 20)
    .map(({ column, what }) => ({ field: `body.${column}`, message: what })),
});
