import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createChatModel } from "../bot/understanding/model/openai-model.ts";
import { PROMPT_VERSION } from "../bot/understanding/model/prompt.ts";
import { createEar } from "../bot/understanding/understand.ts";
import { readConfig } from "../services/config.ts";
import { environment } from "../services/environment.ts";
import { makeLog } from "../services/log.ts";
import { scoreAttacks } from "./eval/attacks.ts";
import { heardMessage } from "./eval/heard-message.ts";
import { readCaseFiles } from "./eval/labelled-message.ts";
import { reportPage } from "./eval/report-page.ts";
import { sampleEarDirectory } from "./eval/sample-directory.ts";
import { type Scored, scoreReadings } from "./eval/score-readings.ts";

const PARSERS = ["rules", "llm", "hybrid"] as const;

/**
 * `npm run eval -- --cases FILE.jsonl|FOLDER … [--parser rules|llm|hybrid] [--report FILE.md]`: one JSON report on
 * stdout, and the same as a page to read.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: "string", multiple: true },
      parser: { type: "string", default: "rules" },
      report: { type: "string" },
    },
  });
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
  const opened = performance.now();
  const ear = await createEar({ directory: sampleEarDirectory(), model, log, parser });
  const startUpMs = Math.round(performance.now() - opened);
  const messages = readCaseFiles(values.cases);

  const scored: Scored[] = [];
  const started = performance.now();
  for (const message of messages) {
    const from = performance.now();
    const understood = await ear.understand(heardMessage(message));
    scored.push({ message, understood, ms: performance.now() - from });
    if (scored.length % 1000 === 0)
      process.stderr.write(`${scored.length} of ${messages.length}\n`);
  }
  const seconds = Math.round(performance.now() - started) / 1000;
  const report = {
    ...scoreReadings(scored),
    injection: await scoreAttacks(ear, messages),
    seconds,
    messagesPerSecond: seconds === 0 ? null : Math.round(messages.length / seconds),
    startUpMs,
    parser,
    promptVersion: model === null ? null : PROMPT_VERSION,
  };
  if (values.report !== undefined) writeFileSync(values.report, reportPage(report));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
