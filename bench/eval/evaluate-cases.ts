import { readFileSync } from "node:fs";
import type { UnderstandingDirectory } from "../../bot/understanding/directory.ts";
import { createChatModel } from "../../bot/understanding/model/openai-model.ts";
import { PROMPT_VERSION } from "../../bot/understanding/model/prompt.ts";
import { createEar, type Ear, type Heard } from "../../bot/understanding/understand.ts";
import { readConfig } from "../../services/config.ts";
import { environment } from "../../services/environment.ts";
import { makeLog } from "../../services/log.ts";
import { learnHalf } from "./learn-half.ts";
import { sampleEarDirectory } from "./sample-directory.ts";
import {
  type LabelledMessage,
  readLabelledMessages,
  type Scored,
  scoreReadings,
} from "./score-readings.ts";

const PARSERS = ["rules", "llm", "hybrid"] as const;

/**
 * Scores the ear on labelled messages.
 *
 * @param isLearning - what learning from half of the cases adds on the other half, instead of the ear as it is
 */
export async function evaluateCases(
  file: string,
  parserNamed: string,
  isLearning: boolean,
): Promise<object> {
  const parser = PARSERS.find((name) => name === parserNamed);
  if (parser === undefined)
    throw new Error(`There is no parser ${parserNamed}. Take one of: ${PARSERS.join(", ")}.`);
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
  const messages = readLabelledMessages(readFileSync(file, "utf8"));

  const started = performance.now();
  const directory = sampleEarDirectory();
  const report = isLearning
    ? await learnHalf(messages, directory, score, say)
    : scoreReadings(await score(messages, directory));
  const seconds = Math.round(performance.now() - started) / 1000;
  return { ...report, seconds, parser, promptVersion: model === null ? null : PROMPT_VERSION };
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
