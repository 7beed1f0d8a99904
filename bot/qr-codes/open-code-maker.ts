import type { Config } from "../../services/config.ts";
import { createMetrics } from "../../services/metrics.ts";
import { createTencentApi, type TencentApiOptions } from "../channels/tencent/api.ts";
import { corpToken } from "../channels/tencent/corp-token.ts";
import { fetchStableToken } from "../channels/wechat/wechat-channel.ts";
import type { CodeMaker } from "./code-maker.ts";
import { kfCodes } from "./kf-codes.ts";
import { MOST_PERMANENT_CODES, wechatCodes } from "./wechat-codes.ts";

export const QR_CHANNELS = ["wechat", "wechat-kf"] as const;
export type QrChannel = (typeof QR_CHANNELS)[number];

type Configured = Pick<Config, "wechat" | "wechatKf">;

export type OpenedMaker =
  | {
      channel: QrChannel;
      make: CodeMaker;
      /** codes that the account may have in all; null: as many as one likes */
      most: number | null;
    }
  | { problem: string };

/**
 * Who gives codes.
 *
 * @param wanted - null: the one that is set up
 * @param kfAccount - open_kfid of 微信客服; null: the only one there is
 */
export function openCodeMaker(
  { wechat, wechatKf }: Configured,
  wanted: QrChannel | null,
  kfAccount: string | null,
): OpenedMaker {
  if (wechat === null && wechatKf === null)
    return {
      problem: "Neither 公众号 nor 微信客服 is set up. Their settings are listed in .env.example.",
    };
  if (wanted === null && wechat !== null && wechatKf !== null)
    return {
      problem: "公众号 and 微信客服 are both set up. Say which: --channel wechat|wechat-kf",
    };
  const channel = wanted ?? (wechat === null ? "wechat-kf" : "wechat");
  if (channel === "wechat" && wechat !== null) {
    // The stable token is shared: asking for it takes none away from a running product.
    const fetchToken = () => fetchStableToken(wechat, fetch);
    const api = apiOf(channel, wechat.apiBase, fetchToken);
    return { channel, make: wechatCodes(api), most: MOST_PERMANENT_CODES };
  }
  if (channel === "wechat-kf" && wechatKf !== null) {
    const fetchToken = () =>
      corpToken(wechatKf, fetch, "微信客服", "WECHAT_KF_CORP_ID and WECHAT_KF_SECRET");
    const api = apiOf(channel, wechatKf.apiBase, fetchToken);
    return { channel, make: kfCodes(api, kfAccount), most: null };
  }
  return {
    problem: `The settings of ${channel} are missing. They are listed in .env.example.`,
  };
}

const apiOf = (name: string, base: string, fetchToken: TencentApiOptions["fetchToken"]) =>
  createTencentApi({
    name,
    base,
    fetchToken,
    fetch,
    metrics: createMetrics(),
    now: () => new Date(),
    random: Math.random,
  });
