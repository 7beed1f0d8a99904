import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createChatModel } from "../bot/understanding/model/openai-model.ts";
import { PROMPT_VERSION } from "../bot/understanding/model/prompt.ts";
import { createEar, type Heard } from "../bot/understanding/understand.ts";
import { readConfig } from "../services/config.ts";
import { environment } from "../services/environment.ts";
import { makeLog } from "../services/log.ts";
import { scoreDuplicates } from "./eval/duplicates.ts";
import { sampleEarDirectory } from "./eval/sample-directory.ts";
import {
  type LabelledMessage,
  readLabelledMessages,
  type Scored,
  scoreReadings,
} from "./eval/score-readings.ts";

const PARSERS = ["rules", "llm", "hybrid"] as const;

/** `npm run eval -- --cases FILE.jsonl [--parser rules|llm|hybrid]`: one JSON report on stdout. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: "string" },
      parser: { type: "string", default: "rules" },
      duplicates: { type: "string" },
      texts: { type: "string" },
    },
  });
  if (values.duplicates !== undefined) return duplicates(values.duplicates, values.texts);
  const parser = PARSERS.find((name) => name === values.parser);
  if (values.cases === undefined || parser === undefined) {
    throw new Error(
      "Say what to score: npm run eval -- --cases FILE.jsonl [--parser rules|llm|hybrid].",
    );
  }
  const { model: config } = readConfig({ ...environment(), SANDBOX: "1" });
  if (parser !== "rules" && config === null) {
    throw new Error(
      `The parser ${parser} needs a model. Set OPENAI_BASE_URL and OPENAI_MODEL, or score --parser rules.`,
    );
  }
  const log = makeLog("silent");
  const model = parser === "rules" || config === null ? null : createChatModel(config, { log });
  const ear = await createEar({ directory: sampleEarDirectory(), model, log, parser });
  const messages = readLabelledMessages(readFileSync(values.cases, "utf8"));

  const scored: Scored[] = [];
  const started = performance.now();
  for (const message of messages) {
    const from = performance.now();
    const understood = await ear.understand(heardAlone(message));
    scored.push({ message, understood, ms: performance.now() - from });
    if (scored.length % 1000 === 0)
      process.stderr.write(`${scored.length} of ${messages.length}\n`);
  }
  const seconds = Math.round(performance.now() - started) / 1000;
  const report = {
    ...scoreReadings(scored),
    seconds,
    parser,
    promptVersion: model === null ? null : PROMPT_VERSION,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

async function duplicates(groups: string, texts: string | undefined): Promise<void> {
  if (texts === undefined)
    throw new Error("Say where the texts are: --duplicates GROUPS.json --texts FILE.jsonl.");
  const directory = sampleEarDirectory();
  const ear = await createEar({ directory, model: null, log: makeLog("silent") });
  const categoryOf = (text: string) =>
    ear.glance(text.slice(0, 300)).categories[0] ?? "other.unclear";
  const report = scoreDuplicates({ groups, texts }, categoryOf);
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

/** Labelled messages stand alone: a private message of a resident with no history. */
const heardAlone = ({ text }: LabelledMessage): Heard => ({
  text,
  hasPicture: false,
  sentAt: new Date(),
  speaker: { official: false, roles: [] },
  conversation: { type: "private", kind: null, gridCode: null },
  pendingQuestion: null,
  ownEvents: [],
  neighbourEvents: [],
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
