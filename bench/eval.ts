import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { evaluateCases } from "./eval/evaluate-cases.ts";
import { evaluateAddresses } from "./eval/score-addresses.ts";
import { scoreModel } from "./eval/score-model.ts";
import { evaluateTimes } from "./eval/score-times.ts";

const USAGE =
  "Say what to score: npm run eval -- --cases FILE.jsonl [--parser rules|llm|hybrid] [--learn-half], --model MODEL --cases FILE, --addresses FILE.jsonl or --times FILE.";

/** `npm run eval -- …`: scores the reading of labelled texts; one JSON report on stdout and nothing else. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: "string" },
      parser: { type: "string", default: "rules" },
      "learn-half": { type: "boolean", default: false },
      model: { type: "string" },
      addresses: { type: "string" },
      times: { type: "string" },
    },
  });
  const { cases, model, addresses, times } = values;
  if (addresses !== undefined) return print(evaluateAddresses(addresses));
  if (times !== undefined) return print(evaluateTimes(times));
  if (cases === undefined) throw new Error(USAGE);
  if (model !== undefined) return print(scoreModel(model, cases));
  print(await evaluateCases(cases, values.parser, values["learn-half"]));
}

const print = (report: object): void => {
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
