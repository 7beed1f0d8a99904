import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../../db/registry/command.ts";
import { writeModel } from "../understanding/learned/model-file.ts";
import { readExamples } from "./read-examples.ts";
import { trainEvaluated } from "./train-evaluated.ts";

const SEED = 1;
const USAGE = "Say what to learn from: npm run train -- FILE.jsonl --out MODEL [--seed 1].";

/** `npm run train -- FILE.jsonl --out MODEL`: a model, and one JSON report on stdout. */
process.exitCode = await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: "string" }, seed: { type: "string", default: String(SEED) } },
  });
  const [path, ...others] = positionals;
  const seed = Number(values.seed);
  if (
    path === undefined ||
    values.out === undefined ||
    others.length > 0 ||
    !Number.isInteger(seed)
  )
    throw new Error(USAGE);

  const started = performance.now();
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { model, report } = trainEvaluated(readExamples(path), { seed, say });
  keep(values.out, writeModel(model));
  const seconds = Math.round(performance.now() - started) / 1000;
  process.stdout.write(`${JSON.stringify({ ...report, seconds }, null, 2)}\n`);
  return 0;
});

/** Whole or not at all. */
function keep(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}
