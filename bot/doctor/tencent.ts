import type { Config } from "../../services/config.ts";
import { type Finding, ok, warning } from "../../services/doctor/finding.ts";
import { corpToken } from "../channels/tencent/corp-token.ts";
import { fetchStableToken } from "../channels/wechat/wechat-channel.ts";
import { tried } from "./tried.ts";

const noAnswer = (setting: string) =>
  `Check ${setting}, and that this machine may reach it (firewall, proxy, name server).`;

/**
 * Whether the platforms of the WeChat side know the settings. The robot of 企业微信 is not connected: a
 * second connection ends the first, and with it what a running product hears.
 */
export async function checkTencent(
  {
    wechat,
    wechatKf,
    wecom,
    publicUrl,
  }: Pick<Config, "wechat" | "wechatKf" | "wecom" | "publicUrl">,
  { fetch }: { fetch: typeof globalThis.fetch },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (wechat !== null) {
    findings.push(
      await tried("公众号 token", "obtained", noAnswer("WECHAT_MP_API_BASE"), () =>
        fetchStableToken(wechat, fetch),
      ),
    );
    if (wechat.aesKey === null)
      findings.push(
        warning(
          "公众号 callbacks",
          "plain mode: nothing but the caller is signed",
          "Choose 安全模式 at mp.weixin.qq.com and set WECHAT_MP_AES_KEY.",
        ),
      );
  }
  if (wechatKf !== null)
    findings.push(
      await tried("微信客服 token", "obtained", noAnswer("WECOM_API_BASE"), () =>
        corpToken(wechatKf, fetch, "微信客服", "WECHAT_KF_CORP_ID and WECHAT_KF_SECRET"),
      ),
    );
  const app = wecom?.app ?? null;
  if (app !== null)
    findings.push(
      await tried("企业微信 token", "obtained", noAnswer("WECOM_API_BASE"), () =>
        corpToken(app, fetch, "企业微信", "WECOM_CORP_ID and WECOM_AGENT_SECRET"),
      ),
    );
  if (wecom?.bot != null)
    findings.push(ok("企业微信 robot", "not tried: it has one connection, the running product's"));
  if ((wechat ?? wechatKf ?? app) !== null && !publicUrl.startsWith("https://"))
    findings.push(
      warning(
        "callbacks",
        `PUBLIC_URL is ${publicUrl}, where WeChat does not call`,
        "Set PUBLIC_URL to an https address that leads here from the internet, at least below /callbacks/.",
      ),
    );
  return findings;
}
