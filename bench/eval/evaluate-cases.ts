import { writeFileSync } from "node:fs";
import type { UnderstandingDirectory } from "../../bot/understanding/directory.ts";
import type { ChatModel } from "../../bot/understanding/model/chat-model.ts";
import { createChatModel } from "../../bot/understanding/model/openai-model.ts";
import { PROMPT_VERSION } from "../../bot/understanding/model/prompt.ts";
import { createEar, type Ear } from "../../bot/understanding/understand.ts";
import { readConfig } from "../../services/config.ts";
import { environment } from "../../services/environment.ts";
import { makeLog } from "../../services/log.ts";
import { scoreAttacks } from "./attacks.ts";
import { heardMessage } from "./heard-message.ts";
import { type LabelledMessage, readCaseFiles } from "./labelled-message.ts";
import { learnHalf } from "./learn-half.ts";
import { reportPage } from "./report-page.ts";
import { sampleEarDirectory } from "./sample-directory.ts";
import { type Scored, scoreReadings } from "./score-readings.ts";

const PARSERS = ["rules", "llm", "hybrid"] as const;
type Parser = (typeof PARSERS)[number];

export interface CaseOptions {
  parser: string;
  /** what learning from half of the cases adds on the other half, instead of the ear as it is */
  learnsHalf: boolean;
  /** where to write the report as a page to read; null for nowhere */
  page: string | null;
}

/** Scores the ear on labelled messages. @param paths - of files, or of folders of them */
export async function evaluateCases(
  paths: readonly string[],
  options: CaseOptions,
): Promise<object> {
  const parser = PARSERS.find((name) => name === options.parser);
  if (parser === undefined)
    throw new Error(`There is no parser ${options.parser}. Take one of: ${PARSERS.join(", ")}.`);
  const model = modelFor(parser);
  const open = (directory: UnderstandingDirectory): Promise<Ear> =>
    createEar({ directory, model, log: makeLog("silent"), parser });
  const messages = readCaseFiles(paths);
  const promptVersion = model === null ? null : PROMPT_VERSION;

  const opened = performance.now();
  const directory = sampleEarDirectory();
  if (options.learnsHalf) {
    const score = async (some: readonly LabelledMessage[], known: UnderstandingDirectory) =>
      scoreEach(some, await open(known));
    const learned = await learnHalf(messages, directory, score, say);
    return { ...learned, seconds: secondsSince(opened), parser, promptVersion };
  }
  const ear = await open(directory);
  const startUpMs = Math.round(performance.now() - opened);
  const started = performance.now();
  const scored = await scoreEach(messages, ear);
  const seconds = secondsSince(started);
  const report = {
    ...scoreReadings(scored),
    injection: await scoreAttacks(ear, messages),
    seconds,
    messagesPerSecond: seconds === 0 ? null : Math.round(messages.length / seconds),
    startUpMs,
    parser,
    promptVersion,
  };
  if (options.page !== null) writeFileSync(options.page, reportPage(report));
  return report;
}

function modelFor(parser: Parser): ChatModel | null {
  if (parser === "rules") return null;
  const { model: config } = readConfig({ ...environment(), SANDBOX: "1" });
  if (config === null) {
    throw new Error(
      `The parser ${parser} needs a model. Set OPENAI_BASE_URL and OPENAI_MODEL, or score --parser rules.`,
    );
  }
  return createChatModel(config, { log: makeLog("silent") });
}

async function scoreEach(messages: readonly LabelledMessage[], ear: Ear): Promise<Scored[]> {
  const scored: Scored[] = [];
  for (const message of messages) {
    const from = performance.now();
    const understood = await ear.understand(heardMessage(message));
    scored.push({ message, understood, ms: performance.now() - from });
    if (scored.length % 1000 === 0) say(`${scored.length} of ${messages.length}`);
  }
  return scored;
}

const secondsSince = (moment: number): number => Math.round(performance.now() - moment) / 1000;
const say = (line: string): boolean => process.stderr.write(`${line}\n`);
