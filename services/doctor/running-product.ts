import { z } from "zod";
import type { Config } from "../config.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

const WITHIN_MS = 5_000;

const Readiness = z.object({
  ready: z.boolean(),
  parts: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().nullable() })),
});

/**
 * Asks the product that runs on this machine how it fares; for when it holds the embedded database,
 * which only one process can open.
 */
export async function askRunningProduct(
  config: Pick<Config, "host" | "port">,
  surroundings: { fetch: typeof fetch },
): Promise<Finding[]> {
  const url = `http://${addressOf(config.host)}:${config.port}/readyz`;
  try {
    const response = await surroundings.fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) });
    const { parts } = Readiness.parse(await response.json());
    return parts.map(({ name, ok: isOk, detail }) =>
      isOk
        ? ok(`running product, ${name}`, "ready")
        : failed(`running product, ${name}`, "not ready", detail ?? "See its log."),
    );
  } catch {
    return [
      warning(
        "running product",
        `does not answer at ${url}`,
        "Run the doctor with the HOST and PORT the product was started with, or stop the product first.",
      ),
    ];
  }
}

/** A product that listens everywhere is asked on this machine. */
const addressOf = (host: string): string => {
  if (["0.0.0.0", "::"].includes(host)) return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
};
