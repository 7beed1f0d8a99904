import { type Config, ConfigError, readConfig } from "../config.ts";
import { type Finding, failed, ok } from "./finding.ts";

/** Reads the settings; every problem is a finding of its own, and then there is no configuration. */
export function checkSettings(env: Record<string, string | undefined>): {
  config: Config | null;
  findings: Finding[];
} {
  try {
    const config = readConfig(env);
    return { config, findings: [ok("settings", summaryOf(config))] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      config: null,
      findings: error.problems.map((problem) => {
        const { what, advice } = halves(problem);
        return failed("settings", what, advice);
      }),
    };
  }
}

const summaryOf = (config: Config): string =>
  [
    config.databaseUrl.startsWith("pglite:") ? "embedded database" : "PostgreSQL",
    config.dingtalk === null ? "no DingTalk" : "DingTalk",
    ...(config.wecom === null ? [] : ["企业微信"]),
    ...(config.wechat === null ? [] : ["公众号"]),
    ...(config.wechatKf === null ? [] : ["微信客服"]),
    config.model === null ? "no model" : `model ${config.model.model}`,
    config.sandbox ? "sandbox on" : "sandbox off",
    `roles ${config.roles.join(" ")}`,
  ].join(", ");

/** A problem's first sentence says what is wrong, the rest what to do. */
function halves(problem: string): { what: string; advice: string } {
  const end = problem.search(/\. (?=[A-Z])/);
  return end < 0
    ? { what: "cannot be used", advice: problem }
    : { what: problem.slice(0, end), advice: problem.slice(end + 2) };
}
