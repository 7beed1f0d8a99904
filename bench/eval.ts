import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { evaluateCases } from "./eval/evaluate-cases.ts";
import { evaluateDuplicates } from "./eval/evaluate-duplicates.ts";
import { evaluateAddresses } from "./eval/score-addresses.ts";
import { scoreModel } from "./eval/score-model.ts";
import { evaluateTimes } from "./eval/score-times.ts";

const USAGE =
  "Say what to score: npm run eval -- --cases FILE.jsonl|FOLDER [--parser rules|llm|hybrid] [--report FILE.md] [--learn-half], --model MODEL --cases FILE, --addresses FILE.jsonl, --times FILE or --duplicates GROUPS.json --texts FILE.jsonl.";

/** `npm run eval -- …`: scores the reading of labelled texts; one JSON report on stdout and nothing else. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: "string", multiple: true },
      parser: { type: "string", default: "rules" },
      report: { type: "string" },
      "learn-half": { type: "boolean", default: false },
      model: { type: "string" },
      addresses: { type: "string" },
      times: { type: "string" },
      duplicates: { type: "string" },
      texts: { type: "string" },
    },
  });
  const { cases, model, addresses, times, duplicates, texts } = values;
  if (addresses !== undefined) return print(evaluateAddresses(addresses));
  if (times !== undefined) return print(evaluateTimes(times));
  if (duplicates !== undefined && texts !== undefined)
    return print(await evaluateDuplicates(duplicates, texts));
  const [first] = cases ?? [];
  if (cases === undefined || first === undefined) throw new Error(USAGE);
  if (model !== undefined) return print(scoreModel(model, first));
  print(
    await evaluateCases(cases, {
      parser: values.parser,
      learnsHalf: values["learn-half"],
      page: values.report ?? null,
    }),
  );
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
