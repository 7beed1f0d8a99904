import { appendFileSync } from "node:fs";

/** One fault and what it cost. */
export interface Row {
  fault: string;
  engine: string;
  lost: number;
  doubled: number;
  /** from the end of the fault, or the death, until everything of it was answered */
  recoveryMs: number;
  note?: string;
}

/** Collects what each fault cost; prints it, and adds it to the file of CHAOS_RESULTS as JSON lines. */
export function costs(): { add(row: Omit<Row, "engine">): void; print(title: string): void } {
  const rows: Row[] = [];
  return {
    add: (row) => void rows.push({ ...row, engine: process.env.TEST_ENGINE ?? "pglite" }),
    print(title) {
      console.info(`${title}\n${markdown(rows)}`);
      const file = process.env.CHAOS_RESULTS;
      if (file) for (const row of rows) appendFileSync(file, `${JSON.stringify(row)}\n`);
    },
  };
}

export const markdown = (rows: readonly Row[]): string =>
  [
    "| fault | database | lost | doubled | recovery, ms | |",
    "| --- | --- | ---: | ---: | ---: | --- |",
    ...rows.map(
      ({ fault, engine, lost, doubled, recoveryMs, note }) =>
        `| ${fault} | ${engine} | ${lost} | ${doubled} | ${Math.round(recoveryMs)} | ${note ?? ""} |`,
    ),
  ].join("\n");
