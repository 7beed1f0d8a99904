import { z } from "zod";
import { webAddress } from "./setting-values.ts";

export interface ZwddConfig {
  appKey: string;
  appSecret: string;
  /** of the gateway, without a slash at its end */
  base: string;
  tenantId: string;
  /** the robot's outgoingToken: whoever knows it may speak for the platform */
  outgoingToken: string;
  /** the robot's own token, where `sendgroup` wants one; null: the app's access token */
  robotToken: string | null;
  /** accountId in whose name DING is sent; null: emergencies go as messages alone */
  dingCreator: string | null;
}

const BASE = "https://openplatform-pro.ding.zj.gov.cn";

export const ZWDD_SETTINGS = {
  ZWDD_APP_KEY: z.string().optional(),
  ZWDD_APP_SECRET: z.string().optional(),
  ZWDD_BASE: webAddress("ZWDD_BASE", BASE).default(BASE),
  ZWDD_TENANT_ID: z
    .string()
    .regex(/^\d{1,18}$/, {
      error:
        "ZWDD_TENANT_ID is a number, such as 196729. Correct it, or remove it for 浙政钉's own.",
    })
    .default("196729"),
  ZWDD_OUTGOING_TOKEN: z
    .string()
    .min(16, {
      error:
        "ZWDD_OUTGOING_TOKEN must have at least 16 characters. Make one, for example with `openssl rand -hex 24`, and enter the same at the robot.",
    })
    .optional(),
  ZWDD_ROBOT_TOKEN: z.string().optional(),
  ZWDD_DING_CREATOR: z
    .string()
    .regex(/^\d{1,18}$/, {
      error:
        "ZWDD_DING_CREATOR is the accountId, a number, of whoever DING is sent for. Correct it, or remove it to send none.",
    })
    .optional(),
};

const Settings = z.object(ZWDD_SETTINGS);

/** Null where 浙政钉 is not set up. */
export const zwddConfig = (e: z.infer<typeof Settings>): ZwddConfig | null =>
  e.ZWDD_APP_KEY !== undefined &&
  e.ZWDD_APP_SECRET !== undefined &&
  e.ZWDD_OUTGOING_TOKEN !== undefined
    ? {
        appKey: e.ZWDD_APP_KEY,
        appSecret: e.ZWDD_APP_SECRET,
        base: e.ZWDD_BASE,
        tenantId: e.ZWDD_TENANT_ID,
        outgoingToken: e.ZWDD_OUTGOING_TOKEN,
        robotToken: e.ZWDD_ROBOT_TOKEN ?? null,
        dingCreator: e.ZWDD_DING_CREATOR ?? null,
      }
    : null;

/** The three belong together. */
export function zwddProblems(env: Record<string, string | undefined>): string[] {
  const names = ["ZWDD_APP_KEY", "ZWDD_APP_SECRET", "ZWDD_OUTGOING_TOKEN"];
  const missing = names.filter((name) => env[name] === undefined);
  return missing.length === 1 || missing.length === 2
    ? [
        `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing. 浙政钉 needs the app's key and secret and the robot's outgoingToken; set all three, or none.`,
      ]
    : [];
}
