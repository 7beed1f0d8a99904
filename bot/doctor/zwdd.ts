import { networkInterfaces } from "node:os";
import type { Clock } from "../../services/clock.ts";
import { type Finding, failed, ok } from "../../services/doctor/finding.ts";
import type { ZwddConfig } from "../../services/zwdd-config.ts";
import { createGateway } from "../channels/zwdd/gateway.ts";
import { ownAddress } from "../channels/zwdd/own-address.ts";

const WITHIN_MS = 8_000;

/** Whether the gateway of 浙政钉 knows the app and takes our signature. */
export async function checkZwdd(
  config: ZwddConfig,
  { clock, fetch }: { clock: Clock; fetch: typeof globalThis.fetch },
): Promise<Finding> {
  const { token } = createGateway({
    config,
    fetch,
    now: () => clock.now(),
    random: Math.random,
    own: ownAddress(networkInterfaces()),
    within: WITHIN_MS,
  });
  try {
    await token.get();
    return ok("浙政钉 token", "obtained");
  } catch (error) {
    const [what = "no answer", ...advice] = (error instanceof Error ? error.message : "").split(
      /(?<=\))\. /,
    );
    return failed("浙政钉 token", what, advice.join(" ") || "Check ZWDD_BASE and the network.");
  }
}
