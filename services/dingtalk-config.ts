import { z } from "zod";
import { webAddress, wholeNumber } from "./setting-values.ts";

/** The app whose robot speaks on DingTalk. */
export interface DingTalkConfig {
  clientId: string;
  clientSecret: string;
  robotCode: string;
  apiBase: string;
  oapiBase: string;
  cardTemplateId: string | null;
  /** whose app it is; null: nobody signs in by DingTalk's web view */
  corpId: string | null;
  messagesPerMinute: number;
}

export const DINGTALK_SETTINGS = {
  DINGTALK_CLIENT_ID: z.string().optional(),
  DINGTALK_CLIENT_SECRET: z.string().optional(),
  DINGTALK_ROBOT_CODE: z.string().optional(),
  DINGTALK_API_BASE: webAddress("DINGTALK_API_BASE", "https://api.dingtalk.com").default(
    "https://api.dingtalk.com",
  ),
  DINGTALK_OAPI_BASE: webAddress("DINGTALK_OAPI_BASE", "https://oapi.dingtalk.com").default(
    "https://oapi.dingtalk.com",
  ),
  DINGTALK_CARD_TEMPLATE_ID: z.string().optional(),
  DINGTALK_CORP_ID: z.string().optional(),
  DINGTALK_MESSAGES_PER_MINUTE: wholeNumber("DINGTALK_MESSAGES_PER_MINUTE", 20, 1, 100_000),
};

const Settings = z.object(DINGTALK_SETTINGS);

/** Null where DingTalk is not set up. */
export const dingtalkConfig = (e: z.infer<typeof Settings>): DingTalkConfig | null =>
  e.DINGTALK_CLIENT_ID !== undefined && e.DINGTALK_CLIENT_SECRET !== undefined
    ? {
        clientId: e.DINGTALK_CLIENT_ID,
        clientSecret: e.DINGTALK_CLIENT_SECRET,
        robotCode: e.DINGTALK_ROBOT_CODE ?? e.DINGTALK_CLIENT_ID,
        apiBase: e.DINGTALK_API_BASE,
        oapiBase: e.DINGTALK_OAPI_BASE,
        cardTemplateId: e.DINGTALK_CARD_TEMPLATE_ID ?? null,
        corpId: e.DINGTALK_CORP_ID ?? null,
        messagesPerMinute: e.DINGTALK_MESSAGES_PER_MINUTE,
      }
    : null;

export function dingtalkProblems(env: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  if ((env.DINGTALK_CLIENT_ID === undefined) !== (env.DINGTALK_CLIENT_SECRET === undefined)) {
    const missing =
      env.DINGTALK_CLIENT_ID === undefined ? "DINGTALK_CLIENT_ID" : "DINGTALK_CLIENT_SECRET";
    problems.push(
      `${missing} is missing. Both are on the credentials page of the app at open.dingtalk.com (Stream mode); set both, or neither.`,
    );
  }
  return problems;
}
