import type { Config } from "./config.ts";

/** The names of the channels that the settings ask for: what a command may leave to the product to say. */
export const channelsOf = (config: Config): ReadonlySet<string> =>
  new Set([
    ...(["dingtalk", "wechat", "wechatKf", "wecom", "zwdd"] as const).filter(
      (name) => config[name] !== null,
    ),
    ...(config.sandbox ? ["sandbox"] : []),
  ]);
