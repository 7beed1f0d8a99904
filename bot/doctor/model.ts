import OpenAI from "openai";
import type { ModelConfig } from "../../services/config.ts";
import { type Finding, failed, ok, reasonOf } from "../../services/doctor/finding.ts";

const WITHIN_MS = 8_000;

/** One tiny request, with nothing of anybody's in it. */
export async function checkModel(
  config: ModelConfig,
  surroundings: { fetch: typeof fetch; withinMs?: number },
): Promise<Finding> {
  const client = new OpenAI({
    baseURL: config.baseUrl,
    apiKey: config.apiKey || "none",
    maxRetries: 0,
    fetch: surroundings.fetch,
  });
  const within = surroundings.withinMs ?? WITHIN_MS;
  const started = performance.now();
  try {
    await client.chat.completions.create(
      {
        model: config.model,
        max_tokens: 8,
        messages: [{ role: "user", content: "只回答一个字:好" }],
      },
      { signal: AbortSignal.timeout(within) },
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    return ok("model", `${config.model} answered in ${seconds} s`);
  } catch (error) {
    return ofFault(error, within);
  }
}

function ofFault(error: unknown, within: number): Finding {
  if (error instanceof OpenAI.APIUserAbortError) {
    return failed(
      "model",
      `no answer within ${within / 1000} s`,
      "Check OPENAI_BASE_URL and the endpoint's load. Until it is faster the rules answer alone.",
    );
  }
  const { status } = error as { status?: number };
  if (status === 401 || status === 403)
    return failed("model", `the endpoint answered ${status}`, "Check OPENAI_API_KEY.");
  if (status === 404) {
    return failed(
      "model",
      "the endpoint answered 404",
      "Check OPENAI_MODEL, and that OPENAI_BASE_URL ends where `/chat/completions` begins, usually in /v1.",
    );
  }
  if (status === 429)
    return failed(
      "model",
      "the endpoint answered 429",
      "Raise the quota, or wait for the next one.",
    );
  return failed(
    "model",
    status === undefined ? `no answer (${reasonOf(error)})` : `the endpoint answered ${status}`,
    "Check OPENAI_BASE_URL, and that this machine may reach it. Until then the rules answer alone.",
  );
}
