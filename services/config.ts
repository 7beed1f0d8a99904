import { randomBytes } from "node:crypto";
import { z } from "zod";
import { parseContactKeys } from "../db/contacts/keys.ts";
import type { ContactKey } from "../db/contacts/vault.ts";
import { isHostOrRange, isRange } from "./address-guard.ts";
import { DATUMS, type Datum } from "./browser-position.ts";
import {
  DINGTALK_SETTINGS,
  type DingTalkConfig,
  dingtalkConfig,
  dingtalkProblems,
} from "./dingtalk-config.ts";
import {
  HOTLINE_SETTINGS,
  type HotlinesConfig,
  hotlineProblems,
  hotlinesConfig,
} from "./hotline-config.ts";
import {
  listOf,
  mailAddress,
  onOff,
  protocolOf,
  webAddress,
  wholeNumber,
} from "./setting-values.ts";
import {
  TENCENT_SETTINGS,
  type TencentConfig,
  tencentConfig,
  tencentProblems,
} from "./tencent-config.ts";
import { ZWDD_SETTINGS, type ZwddConfig, zwddConfig, zwddProblems } from "./zwdd-config.ts";

/** Every setting of the product, read once at start. Units stand in the names. */
export interface Config extends TencentConfig {
  port: number;
  host: string;
  publicUrl: string;
  /** `postgres://…`, or `pglite:` and the data folder */
  databaseUrl: string;
  /** where figures and reports are read, as long as it is not too far behind; null: where they are written */
  replica: { url: string; mostLagMs: number } | null;
  dataDir: string;
  /** leads every key in the database; one district, one name */
  site: string;
  /** contact fields are encrypted with the first, decrypted with any; empty: none is named */
  contactKeys: readonly ContactKey[];
  adminToken: string;
  /** the token was made at this start and has to be shown to the operator */
  adminTokenMade: boolean;
  sandbox: boolean;
  logLevel: string;
  /** base address of an OTLP collector for traces; null: none are made */
  tracesTo: string | null;
  /** which parts run in this process */
  roles: readonly ProcessRole[];
  dingtalk: DingTalkConfig | null;
  /** 浙政钉 or another 专有钉钉 */
  zwdd: ZwddConfig | null;
  /** who is on duty in the command room gets an emergency as DING, beside the work group */
  emergencyDing: boolean;
  model: ModelConfig | null;
  /** calls to the model a day, all instances together; null: no limit */
  modelDailyCalls: number | null;
  /** 备案号 of the model, shown on the privacy page */
  modelFilingNo: string | null;
  platformNaming: "fourPlatforms" | "zj141";
  /** events up to this level are accepted and assigned by rules; 0: a person accepts everything */
  autoAcceptLevel: number;
  /** in which coordinates the registry's places stand */
  registryDatum: Datum;
  /** jurisdiction_id of the open interface for reporting apps (Open311); null: closed */
  open311Jurisdiction: string | null;
  /** host names, addresses and CIDR ranges inside private networks that webhooks may be sent to */
  webhookPrivateHosts: readonly string[];
  /** requests a minute that one address without a token, and one person, may make; 0: as many as they like */
  requestsPerMinute: { address: number; person: number };
  /** messages a minute of one resident that are answered at once; null: all */
  chatMessagesPerMinute: number | null;
  /** addresses and ranges of proxies in front, whose word on where a request comes from is believed */
  trustedProxies: readonly string[];
  /** whose tiles lie below the map of grids; null: the map draws the grids alone and asks nobody */
  mapTiles: MapTiles | null;
  /** mail to the district's 12345 platform; null: files below DATA_DIR/upward, for somebody to upload */
  upward: UpwardMailConfig | null;
  /** the roads of orders from and to 12345 and 8890 */
  hotlines: HotlinesConfig;
}

/** Requests that pass unless the settings say else; 0 is no limit. */
export const REQUESTS_PER_MINUTE = { address: 6000, person: 1200 };

export const PROCESS_ROLES = ["api", "bot", "jobs"] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

export interface ModelConfig {
  baseUrl: string;
  apiKey: string;
  model: string;
}

export const MAP_TILE_MAKERS = ["tianditu", "amap"] as const;
export interface MapTiles {
  maker: (typeof MAP_TILE_MAKERS)[number];
  /** given out to browsers, as map services want it; restrict it to your address there */
  key: string;
}

export interface UpwardMailConfig {
  /** `smtp://` or `smtps://`, with user and password where the server wants them */
  smtpUrl: string;
  from: string;
  to: string;
}

/** What is wrong with the settings, one line each; every line ends with what to do. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
    this.problems = problems;
  }
}

const Environment = z.object({
  PORT: wholeNumber("PORT", 3000, 0, 65_535),
  HOST: z.string().default("127.0.0.1"),
  PUBLIC_URL: webAddress("PUBLIC_URL", "https://yihu.example.gov.cn").optional(),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(protocolOf(text)), {
      error:
        "DATABASE_URL must look like postgres://user:password@host:5432/name. Correct it, or remove it to use the embedded database.",
    })
    .optional(),
  DATABASE_REPLICA_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(protocolOf(text)), {
      error:
        "DATABASE_REPLICA_URL must look like postgres://user:password@host:5432/name. Correct it, or remove it to read everything from DATABASE_URL.",
    })
    .optional(),
  DATABASE_REPLICA_LAG_SECONDS: wholeNumber("DATABASE_REPLICA_LAG_SECONDS", 10, 1, 3600),
  DATA_DIR: z.string().default("./data"),
  SITE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, {
      error: "SITE may have 1 to 40 letters, digits, - and _. Correct it, or remove it for 'main'.",
    })
    .default("main"),
  CONTACT_KEYS: z
    .string()
    .transform((text, context) => {
      const keys = parseContactKeys(text);
      if (keys !== null) return keys;
      context.addIssue({
        code: "custom",
        message:
          "CONTACT_KEYS must look like ID:KEY, or ID:KEY,OLDER_ID:OLDER_KEY: an id of 1 to 20 letters and digits, each once, and 32 bytes in base64. Make a key with `openssl rand -base64 32`.",
      });
      return z.NEVER;
    })
    .optional(),
  ADMIN_TOKEN: z
    .string()
    .min(16, {
      error:
        "ADMIN_TOKEN must have at least 16 characters. Make one, for example with `openssl rand -hex 24`.",
    })
    .optional(),
  SANDBOX: onOff("SANDBOX").optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error:
        "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent. Correct it, or remove it for info.",
    })
    .default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "http://127.0.0.1:4318",
  ).optional(),
  ROLES: z
    .string()
    .default(PROCESS_ROLES.join(","))
    .refine((text) => text.split(",").every((role) => PROCESS_ROLES.includes(role as never)), {
      error:
        "ROLES is a list of api, bot and jobs, separated by commas. Correct it, or remove it for all three.",
    })
    .transform((text) => text.split(",") as ProcessRole[]),
  ...DINGTALK_SETTINGS,
  ...ZWDD_SETTINGS,
  EMERGENCY_DING: onOff("EMERGENCY_DING").default("0"),
  ...TENCENT_SETTINGS,
  OPENAI_BASE_URL: webAddress("OPENAI_BASE_URL", "https://model.example.gov.cn/v1").optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_MODEL: z.string().optional(),
  MODEL_DAILY_CALLS: wholeNumber("MODEL_DAILY_CALLS", 0, 0, 10_000_000),
  MODEL_FILING_NO: z.string().optional(),
  PLATFORM_NAMING: z
    .enum(["fourPlatforms", "zj141"], {
      error:
        "PLATFORM_NAMING must be fourPlatforms or zj141. Correct it, or remove it for fourPlatforms.",
    })
    .default("fourPlatforms"),
  REGISTRY_DATUM: z
    .enum(DATUMS, {
      error:
        "REGISTRY_DATUM must be wgs84 (GPS, Tianditu) or gcj02 (AMap, Tencent). Correct it, or remove it for wgs84.",
    })
    .default("wgs84"),
  OPEN311_JURISDICTION: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, {
      error:
        "OPEN311_JURISDICTION is the jurisdiction_id of the open interface, such as shilin.gov.cn. Correct it, or remove it to keep the interface closed.",
    })
    .optional(),
  WEBHOOK_PRIVATE_HOSTS: listOf(isHostOrRange, {
    error:
      "WEBHOOK_PRIVATE_HOSTS lists host names, addresses or CIDR ranges such as brain.city.gov.cn,10.20.0.0/16. Correct it, or remove it so that webhooks go to public addresses only.",
  }),
  REQUESTS_PER_MINUTE_PER_ADDRESS: wholeNumber(
    "REQUESTS_PER_MINUTE_PER_ADDRESS",
    REQUESTS_PER_MINUTE.address,
    0,
    10_000_000,
  ),
  REQUESTS_PER_MINUTE_PER_PERSON: wholeNumber(
    "REQUESTS_PER_MINUTE_PER_PERSON",
    REQUESTS_PER_MINUTE.person,
    0,
    10_000_000,
  ),
  CHAT_MESSAGES_PER_MINUTE: wholeNumber("CHAT_MESSAGES_PER_MINUTE", 60, 0, 10_000_000),
  TRUSTED_PROXIES: listOf(isRange, {
    error:
      "TRUSTED_PROXIES lists addresses or CIDR ranges of the proxies in front, such as 127.0.0.1,10.0.0.0/8. Correct it, or remove it to believe none.",
  }),
  MAP_TILES: z
    .enum(MAP_TILE_MAKERS, {
      error:
        "MAP_TILES must be tianditu or amap. Correct it, or remove it for a map without tiles.",
    })
    .optional(),
  MAP_TILES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,100}$/, {
      error:
        "MAP_TILES_KEY must be the key as the map service shows it: 8 to 100 letters and digits. Correct it, or remove it with MAP_TILES.",
    })
    .optional(),
  AUTO_ACCEPT_LEVEL: wholeNumber("AUTO_ACCEPT_LEVEL", 0, 0, 4),
  UPWARD_SMTP_URL: z
    .string()
    .refine((text) => /^smtps?:$/.test(protocolOf(text)), {
      error:
        "UPWARD_SMTP_URL must look like smtp://user:password@mail.example.gov.cn:587, or smtps:// for TLS from the start. Correct it, or remove it to export files instead.",
    })
    .optional(),
  UPWARD_MAIL_FROM: mailAddress("UPWARD_MAIL_FROM").optional(),
  UPWARD_MAIL_TO: mailAddress("UPWARD_MAIL_TO").optional(),
  ...HOTLINE_SETTINGS,
});

/**
 * Reads the settings; an empty variable counts as absent.
 *
 * @param env - usually `process.env`
 * @throws ConfigError naming every problem at once
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
  // Settings that only make sense together are looked at even when others are wrong.
  problems.push(...pairProblems(given));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  const e = parsed.data;
  const tencent = tencentConfig(e);
  const hasChannel =
    e.DINGTALK_CLIENT_ID !== undefined ||
    e.ZWDD_APP_KEY !== undefined ||
    tencent.wechat !== null ||
    tencent.wechatKf !== null ||
    tencent.wecom !== null;
  const bare = e.DATABASE_URL === undefined && !hasChannel;
  const sandbox = e.SANDBOX === undefined ? bare : e.SANDBOX === "1";
  if (e.ADMIN_TOKEN === undefined && !sandbox) {
    throw new ConfigError([
      "ADMIN_TOKEN is missing. Outside the sandbox the product does not start without one: make it, for example, with `openssl rand -hex 24`.",
    ]);
  }
  return {
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL ?? `http://${e.HOST}:${e.PORT}`,
    databaseUrl: e.DATABASE_URL ?? `pglite:${e.DATA_DIR}`,
    replica:
      e.DATABASE_REPLICA_URL === undefined
        ? null
        : { url: e.DATABASE_REPLICA_URL, mostLagMs: e.DATABASE_REPLICA_LAG_SECONDS * 1000 },
    dataDir: e.DATA_DIR,
    site: e.SITE,
    contactKeys: e.CONTACT_KEYS ?? [],
    adminToken: e.ADMIN_TOKEN ?? randomBytes(24).toString("hex"),
    adminTokenMade: e.ADMIN_TOKEN === undefined,
    sandbox,
    logLevel: e.LOG_LEVEL,
    tracesTo: e.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    roles: e.ROLES,
    dingtalk: dingtalkConfig(e),
    zwdd: zwddConfig(e),
    emergencyDing: e.EMERGENCY_DING === "1",
    ...tencent,
    model:
      e.OPENAI_BASE_URL !== undefined && e.OPENAI_MODEL !== undefined
        ? {
            baseUrl: e.OPENAI_BASE_URL,
            apiKey: e.OPENAI_API_KEY ?? "",
            model: e.OPENAI_MODEL,
          }
        : null,
    modelDailyCalls: e.MODEL_DAILY_CALLS === 0 ? null : e.MODEL_DAILY_CALLS,
    modelFilingNo: e.MODEL_FILING_NO ?? null,
    platformNaming: e.PLATFORM_NAMING,
    autoAcceptLevel: e.AUTO_ACCEPT_LEVEL,
    registryDatum: e.REGISTRY_DATUM,
    open311Jurisdiction: e.OPEN311_JURISDICTION ?? null,
    webhookPrivateHosts: e.WEBHOOK_PRIVATE_HOSTS,
    requestsPerMinute: {
      address: e.REQUESTS_PER_MINUTE_PER_ADDRESS,
      person: e.REQUESTS_PER_MINUTE_PER_PERSON,
    },
    // In the sandbox whoever sits at it speaks for everybody.
    chatMessagesPerMinute:
      sandbox || e.CHAT_MESSAGES_PER_MINUTE === 0 ? null : e.CHAT_MESSAGES_PER_MINUTE,
    trustedProxies: e.TRUSTED_PROXIES,
    mapTiles:
      e.MAP_TILES !== undefined && e.MAP_TILES_KEY !== undefined
        ? { maker: e.MAP_TILES, key: e.MAP_TILES_KEY }
        : null,
    upward:
      e.UPWARD_SMTP_URL !== undefined &&
      e.UPWARD_MAIL_FROM !== undefined &&
      e.UPWARD_MAIL_TO !== undefined
        ? { smtpUrl: e.UPWARD_SMTP_URL, from: e.UPWARD_MAIL_FROM, to: e.UPWARD_MAIL_TO }
        : null,
    hotlines: hotlinesConfig(e),
  };
}

function pairProblems(env: Record<string, string | undefined>): string[] {
  const problems = dingtalkProblems(env);
  if ((env.OPENAI_BASE_URL === undefined) !== (env.OPENAI_MODEL === undefined)) {
    const missing = env.OPENAI_BASE_URL === undefined ? "OPENAI_BASE_URL" : "OPENAI_MODEL";
    problems.push(
      `${missing} is missing. The model is used only when both are set: residents' data goes to no default host. Set both, or neither.`,
    );
  }
  if (env.DATABASE_REPLICA_URL !== undefined && env.DATABASE_URL === undefined) {
    problems.push(
      "DATABASE_URL is missing: a replica is one of a PostgreSQL server. Set it, or remove DATABASE_REPLICA_URL.",
    );
  }
  if ((env.MAP_TILES === undefined) !== (env.MAP_TILES_KEY === undefined)) {
    const missing = env.MAP_TILES === undefined ? "MAP_TILES" : "MAP_TILES_KEY";
    problems.push(
      `${missing} is missing. Tiles want both the service (tianditu or amap) and its key; set both, or neither for a map without tiles.`,
    );
  }
  problems.push(...zwddProblems(env), ...hotlineProblems(env));
  const upward = ["UPWARD_SMTP_URL", "UPWARD_MAIL_FROM", "UPWARD_MAIL_TO"];
  const absent = upward.filter((name) => env[name] === undefined);
  if (absent.length === 1 || absent.length === 2) {
    problems.push(
      `${absent.join(" and ")} ${absent.length === 1 ? "is" : "are"} missing. Mail to the district's platform needs all three; set all of them, or none to export files instead.`,
    );
  }
  return [...problems, ...tencentProblems(env)];
}
