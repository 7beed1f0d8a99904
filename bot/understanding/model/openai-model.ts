import OpenAI from "openai";
import type { ModelConfig } from "../../../services/config.ts";
import type { Log } from "../../../services/log.ts";
import type { KnownCategory } from "../directory.ts";
import { ANSWER_SCHEMA, readAnswer } from "./answer.ts";
import { createBreaker } from "./breaker.ts";
import type { ChatModel, Proposal } from "./chat-model.ts";
import { writePrompt } from "./prompt.ts";
import { buildSimilarCases, readLabelledCases } from "./similar-cases.ts";

export interface ModelOptions {
  log: Log;
  /** for the pause after failures; real time */
  now?: () => Date;
  /** for one whole proposal, both tries together; 8 s */
  timeLimitMs?: number;
  /** takes one call from the day's budget; false: it is spent. Absent: no budget */
  spend?: () => Promise<boolean>;
}

const TIME_LIMIT_MS = 8000;
const TRIES = 2;

/**
 * Asks any OpenAI-compatible endpoint. Prefers an answer held to a schema; an endpoint that refuses
 * that is asked for plain JSON from then on. Late, broken or wrong answers give null, never an error.
 * One message is one call; a second only where the first was answered wrongly or not at all.
 */
export function createChatModel(config: ModelConfig, options: ModelOptions): ChatModel {
  const { log } = options;
  const limit = options.timeLimitMs ?? TIME_LIMIT_MS;
  const breaker = createBreaker(options.now ?? (() => new Date()));
  const client = new OpenAI({
    baseURL: config.baseUrl,
    apiKey: config.apiKey || "none",
    maxRetries: 0,
  });
  const cases = buildSimilarCases(readLabelledCases());
  let schemaWorks = true;
  let saidSpent = false;

  async function ask(prompt: string, signal: AbortSignal): Promise<string> {
    const answer = await client.chat.completions.create(
      {
        model: config.model,
        temperature: 0,
        messages: [{ role: "user", content: prompt }],
        response_format: schemaWorks
          ? {
              type: "json_schema",
              json_schema: { name: "reading", strict: true, schema: { ...ANSWER_SCHEMA } },
            }
          : { type: "json_object" },
      },
      { signal },
    );
    return answer.choices[0]?.message.content ?? "";
  }

  return {
    async propose(heard, catalog): Promise<Proposal | null> {
      if (breaker.isOpen()) return null;
      const prompt = writePrompt(heard.text, catalog, cases.similarTo(heard.text));
      const signal = AbortSignal.timeout(limit);
      for (let left = TRIES; left > 0 && !signal.aborted; left--) {
        if (!(await mayAsk())) return null;
        const proposal = await tryOnce(prompt, signal, catalog);
        if (proposal === "askedWrongly") {
          left += 1;
          continue;
        }
        if (proposal !== null) {
          breaker.succeeded();
          return proposal;
        }
      }
      breaker.failed();
      return null;
    },
  };

  /** Says once that the budget is spent, and again only after there was one in between. */
  async function mayAsk(): Promise<boolean> {
    const may = options.spend === undefined || (await options.spend());
    if (!may && !saidSpent)
      log.warn(
        "The model's calls for today are spent (MODEL_DAILY_CALLS); rules alone until tomorrow.",
      );
    saidSpent = !may;
    return may;
  }

  async function tryOnce(
    prompt: string,
    signal: AbortSignal,
    catalog: readonly KnownCategory[],
  ): Promise<Proposal | "askedWrongly" | null> {
    try {
      const proposal = readAnswer(await ask(prompt, signal), catalog);
      if (proposal === null)
        log.warn("The model's answer is not of the asked form; rules answer instead.");
      return proposal;
    } catch (error) {
      if (
        schemaWorks &&
        error instanceof OpenAI.APIError &&
        (error.status === 400 || error.status === 422)
      ) {
        schemaWorks = false;
        return "askedWrongly";
      }
      log.warn(
        {
          status: error instanceof OpenAI.APIError ? error.status : null,
          reason: error instanceof Error ? error.name : "unknown",
        },
        "The model did not answer; rules answer instead.",
      );
      return null;
    }
  }
}
