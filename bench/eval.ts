import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createChatModel } from "../bot/understanding/model/openai-model.ts";
import { PROMPT_VERSION } from "../bot/understanding/model/prompt.ts";
import {
  createEar,
  type Ear,
  type Heard,
  type UnderstandingDirectory,
} from "../bot/understanding/understand.ts";
import { readConfig } from "../services/config.ts";
import { environment } from "../services/environment.ts";
import { makeLog } from "../services/log.ts";
import { learnHalf } from "./eval/learn-half.ts";
import { sampleEarDirectory } from "./eval/sample-directory.ts";
import { scoreModel } from "./eval/score-model.ts";
import {
  type LabelledMessage,
  readLabelledMessages,
  type Scored,
  scoreReadings,
} from "./eval/score-readings.ts";

const PARSERS = ["rules", "llm", "hybrid"] as const;

/**
 * `npm run eval -- --cases FILE.jsonl [--parser rules|llm|hybrid]`, with `--learn-half` what learning from
 * half of the cases adds on the other half, or `--model MODEL --cases FILE`: one JSON report on stdout.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: "string" },
      parser: { type: "string", default: "rules" },
      model: { type: "string" },
      "learn-half": { type: "boolean", default: false },
    },
  });
  if (values.model !== undefined && values.cases !== undefined) {
    print(scoreModel(values.model, values.cases));
    return;
  }
  const parser = PARSERS.find((name) => name === values.parser);
  if (values.cases === undefined || parser === undefined) {
    throw new Error(
      "Say what to score: npm run eval -- --cases FILE.jsonl [--parser rules|llm|hybrid] or [--model MODEL].",
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
  const score = async (
    messages: readonly LabelledMessage[],
    directory: UnderstandingDirectory,
  ): Promise<Scored[]> => scoreEach(messages, await createEar({ directory, model, log, parser }));
  const messages = readLabelledMessages(readFileSync(values.cases, "utf8"));

  const started = performance.now();
  const directory = sampleEarDirectory();
  const report = values["learn-half"]
    ? await learnHalf(messages, directory, score, say)
    : scoreReadings(await score(messages, directory));
  const seconds = Math.round(performance.now() - started) / 1000;
  print({
    ...report,
    seconds,
    parser,
    promptVersion: model === null ? null : PROMPT_VERSION,
  });
}

async function scoreEach(messages: readonly LabelledMessage[], ear: Ear): Promise<Scored[]> {
  const scored: Scored[] = [];
  for (const message of messages) {
    const from = performance.now();
    const understood = await ear.understand(heardAlone(message));
    scored.push({ message, understood, ms: performance.now() - from });
    if (scored.length % 1000 === 0) say(`${scored.length} of ${messages.length}`);
  }
  return scored;
}

const say = (line: string): boolean => process.stderr.write(`${line}\n`);
const print = (report: object): boolean =>
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

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
