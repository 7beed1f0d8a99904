import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../../db/registry/command.ts";
import { openForWriting } from "../../db/registry/open-registry.ts";
import { readRegistrySettings } from "../../db/registry/settings.ts";
import { environment } from "../../services/environment.ts";
import { writeModel } from "../understanding/learned/model-file.ts";
import { readExamples } from "./read-examples.ts";
import { trainEvaluated } from "./train-evaluated.ts";
import { trainOnDistrict } from "./train-on-district.ts";

const SEED = 1;
const USAGE =
  "Say what to learn from: npm run train -- FILE.jsonl --out MODEL, or npm run train -- --district [--out MODEL].";

/**
 * `npm run train -- FILE.jsonl --out MODEL` learns from labelled lines, `npm run train -- --district` from the
 * district's settled events. One JSON report on stdout.
 */
process.exitCode = await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: "string" },
      seed: { type: "string", default: String(SEED) },
      district: { type: "boolean", default: false },
    },
  });
  const [path, ...others] = positionals;
  const seed = Number(values.seed);
  const started = performance.now();
  const print = (report: object) => {
    const seconds = Math.round(performance.now() - started) / 1000;
    process.stdout.write(`${JSON.stringify({ ...report, seconds }, null, 2)}\n`);
    return 0 as const;
  };
  if (!Number.isInteger(seed) || others.length > 0) throw new Error(USAGE);
  if (values.district && path === undefined) return print(await fromDistrict(seed, values.out));
  if (values.district || path === undefined || values.out === undefined) throw new Error(USAGE);
  const { model, report } = trainEvaluated(readExamples(path), { seed, say });
  keep(values.out, writeModel(model));
  return print(report);
});

async function fromDistrict(seed: number, out: string | undefined) {
  const database = await openForWriting(readRegistrySettings(environment()));
  try {
    const trained = await trainOnDistrict(database, { seed, now: new Date(), say });
    if (out !== undefined) keep(out, trained.model);
    const { version, report } = trained;
    say(
      `Kept as version ${version}, not switched on. Switch it on: npm run classifier -- use ${version}`,
    );
    return { ...report, version };
  } finally {
    await database.close();
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Whole or not at all. */
function keep(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}
