import { z } from "zod";

/** A 公众号 (service account) to which residents write. */
export interface WeChatConfig {
  appId: string;
  appSecret: string;
  token: string;
  /** null: plain mode, in which nothing but the caller is signed */
  aesKey: string | null;
  apiBase: string;
  /** template notice for whoever did not write for 48 hours; null: none is sent */
  templateId: string | null;
  /** the field of the template that takes the words */
  templateField: string;
}

/** 微信客服: residents write from any WeChat chat, without following anything. */
export interface WeChatKfConfig {
  corpId: string;
  secret: string;
  token: string;
  aesKey: string;
  apiBase: string;
}

/** 企业微信: the 智能机器人 in groups, the self-built app one to one; either may be absent, not both. */
export interface WeComConfig {
  bot: { id: string; secret: string; url: string } | null;
  app: WeComAppConfig | null;
}

export interface WeComAppConfig {
  corpId: string;
  agentId: number;
  secret: string;
  token: string;
  aesKey: string;
  apiBase: string;
}

const address = (name: string, fallback: string, protocols: RegExp) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.test(new URL(text).protocol), {
      error: `${name} must be an address such as ${fallback}. Correct it, or remove it.`,
    })
    .transform((text) => text.replace(/\/+$/, ""))
    .default(fallback);

const aesKey = (name: string) =>
  z.string().regex(/^[A-Za-z0-9]{43}$/, {
    error: `${name} has 43 letters and digits (EncodingAESKey). Copy it again from the platform's page.`,
  });

/** The settings of the WeChat side, as lines of the environment. */
export const TENCENT_SETTINGS = {
  WECHAT_MP_APP_ID: z.string().optional(),
  WECHAT_MP_APP_SECRET: z.string().optional(),
  WECHAT_MP_TOKEN: z.string().optional(),
  WECHAT_MP_AES_KEY: aesKey("WECHAT_MP_AES_KEY").optional(),
  WECHAT_MP_API_BASE: address("WECHAT_MP_API_BASE", "https://api.weixin.qq.com", /^https?:$/),
  WECHAT_MP_TEMPLATE_ID: z.string().optional(),
  WECHAT_MP_TEMPLATE_FIELD: z.string().default("thing1"),
  WECHAT_KF_CORP_ID: z.string().optional(),
  WECHAT_KF_SECRET: z.string().optional(),
  WECHAT_KF_TOKEN: z.string().optional(),
  WECHAT_KF_AES_KEY: aesKey("WECHAT_KF_AES_KEY").optional(),
  WECOM_BOT_ID: z.string().optional(),
  WECOM_BOT_SECRET: z.string().optional(),
  WECOM_BOT_URL: address("WECOM_BOT_URL", "wss://openws.work.weixin.qq.com", /^wss?:$/),
  WECOM_CORP_ID: z.string().optional(),
  WECOM_AGENT_ID: z
    .string()
    .regex(/^[1-9]\d{0,9}$/, {
      error:
        "WECOM_AGENT_ID is the number of the self-built app (AgentId). Correct it, or remove it.",
    })
    .optional(),
  WECOM_AGENT_SECRET: z.string().optional(),
  WECOM_TOKEN: z.string().optional(),
  WECOM_AES_KEY: aesKey("WECOM_AES_KEY").optional(),
  WECOM_API_BASE: address("WECOM_API_BASE", "https://qyapi.weixin.qq.com", /^https?:$/),
};

type Parsed = z.infer<z.ZodObject<typeof TENCENT_SETTINGS>>;

/** Settings that make sense together only, with what they are for and where they stand. */
const GROUPS: readonly { names: readonly (keyof Parsed)[]; what: string }[] = [
  {
    names: ["WECHAT_MP_APP_ID", "WECHAT_MP_APP_SECRET", "WECHAT_MP_TOKEN"],
    what: "The 公众号 needs all three, from 设置与开发 → 开发接口管理 at mp.weixin.qq.com",
  },
  {
    names: ["WECHAT_KF_CORP_ID", "WECHAT_KF_SECRET", "WECHAT_KF_TOKEN", "WECHAT_KF_AES_KEY"],
    what: "微信客服 needs all four, from 微信客服 → API at work.weixin.qq.com",
  },
  {
    names: ["WECOM_BOT_ID", "WECOM_BOT_SECRET"],
    what: "The 智能机器人 needs both, from its page in API mode with long connection (长连接)",
  },
  {
    names: [
      "WECOM_CORP_ID",
      "WECOM_AGENT_ID",
      "WECOM_AGENT_SECRET",
      "WECOM_TOKEN",
      "WECOM_AES_KEY",
    ],
    what: "The self-built app needs all five, from its page at work.weixin.qq.com (接收消息 → API)",
  },
];

export const tencentProblems = (env: Readonly<Record<string, string | undefined>>): string[] =>
  GROUPS.flatMap(({ names, what }) => {
    const absent = names.filter((name) => env[name] === undefined);
    if (absent.length === 0 || absent.length === names.length) return [];
    return [
      `${absent.join(", ")} ${absent.length === 1 ? "is" : "are"} missing. ${what}; set all of them, or none.`,
    ];
  });

export interface TencentConfig {
  wechat: WeChatConfig | null;
  wechatKf: WeChatKfConfig | null;
  wecom: WeComConfig | null;
}

export function tencentConfig(e: Parsed): TencentConfig {
  const bot =
    e.WECOM_BOT_ID !== undefined && e.WECOM_BOT_SECRET !== undefined
      ? { id: e.WECOM_BOT_ID, secret: e.WECOM_BOT_SECRET, url: e.WECOM_BOT_URL }
      : null;
  const app = wecomApp(e);
  return {
    wechat: wechat(e),
    wechatKf: wechatKf(e),
    wecom: bot === null && app === null ? null : { bot, app },
  };
}

function wechat(e: Parsed): WeChatConfig | null {
  const { WECHAT_MP_APP_ID: appId, WECHAT_MP_APP_SECRET: appSecret, WECHAT_MP_TOKEN: token } = e;
  if (appId === undefined || appSecret === undefined || token === undefined) return null;
  return {
    appId,
    appSecret,
    token,
    aesKey: e.WECHAT_MP_AES_KEY ?? null,
    apiBase: e.WECHAT_MP_API_BASE,
    templateId: e.WECHAT_MP_TEMPLATE_ID ?? null,
    templateField: e.WECHAT_MP_TEMPLATE_FIELD,
  };
}

function wechatKf(e: Parsed): WeChatKfConfig | null {
  const { WECHAT_KF_CORP_ID: corpId, WECHAT_KF_SECRET: secret } = e;
  const { WECHAT_KF_TOKEN: token, WECHAT_KF_AES_KEY: aesKey } = e;
  if (corpId === undefined || secret === undefined || token === undefined || aesKey === undefined)
    return null;
  return { corpId, secret, token, aesKey, apiBase: e.WECOM_API_BASE };
}

function wecomApp(e: Parsed): WeComAppConfig | null {
  const { WECOM_CORP_ID: corpId, WECOM_AGENT_ID: agentId, WECOM_AGENT_SECRET: secret } = e;
  const { WECOM_TOKEN: token, WECOM_AES_KEY: aesKey } = e;
  if (corpId === undefined || agentId === undefined || secret === undefined) return null;
  if (token === undefined || aesKey === undefined) return null;
  return { corpId, agentId: Number(agentId), secret, token, aesKey, apiBase: e.WECOM_API_BASE };
}
