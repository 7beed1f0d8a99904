import type { Config } from "../config.ts";
import { type Finding, ok, warning } from "./finding.ts";

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/** Who in the sandbox may speak as anybody: whoever sits at the machine, or whoever has the token. */
export function checkExposure(config: Pick<Config, "sandbox" | "host" | "dingtalk">): Finding {
  if (!config.sandbox) return ok("sandbox", "off");
  if (!LOOPBACK.includes(config.host)) {
    return warning(
      "sandbox",
      `open on ${config.host}: whoever has the admin token may speak as anybody`,
      "Set SANDBOX=0 for real work, or HOST=127.0.0.1 for trying it on this machine.",
    );
  }
  if (config.dingtalk !== null) {
    return warning(
      "sandbox",
      "on beside DingTalk: its clock moves the deadlines of real events",
      "Set SANDBOX=0 for real work.",
    );
  }
  return ok("sandbox", "open on this machine only");
}
