import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAMPLE_FOLDER } from "../../db/registry/sample-district.ts";
import { openOnDingTalk } from "./on-dingtalk.ts";
import {
  type ProductHome,
  productHome,
  type RunningProduct,
  runCommand,
  startProduct,
} from "./product.ts";
import { startWeChat } from "./tencent/wechat.ts";
import { startWeCom } from "./tencent/wecom.ts";

/** Somebody in a place: in a group, or alone with the bot. */
export interface Voice {
  says(text: string): Promise<void>;
  hears(pattern: RegExp | string, withinMs?: number): Promise<{ text: string }>;
}

/** The whole product in a process of its own, on one simulated platform. */
export interface OnChannel {
  product: RunningProduct;
  /** somebody in one of the district's groups; alone with the bot where the platform has none for it */
  inGroup(group: string, userId: string): Voice;
  inPrivate(userId: string): Voice;
  close(): Promise<void>;
}

export type OpenOnChannel = (env?: Record<string, string>) => Promise<OnChannel>;

export const onDingTalk: OpenOnChannel = async (env) => {
  const town = await openOnDingTalk(env);
  return {
    product: town.product,
    inGroup: (group, userId) => {
      const chat = town.gateway.group(`cid-${group}`, group);
      return { says: async (text) => void (await chat.says(userId, text)), hears: chat.hears };
    },
    inPrivate: (userId) => {
      const chat = town.gateway.person(userId);
      return { says: async (text) => void (await chat.says(text)), hears: chat.hears };
    },
    close: town.close,
  };
};

/** Groups by the bot, one to one by the self-built app. */
export const onWeCom: OpenOnChannel = async (env = {}) => {
  const wecom = await startWeCom();
  const { home, product } = await started("wecom", { ...wecom.env(), ...env });
  wecom.callAt(product.url);
  return {
    product,
    inGroup: (group, userId) => {
      const chat = wecom.group(`cid-${group}`);
      return { says: async (text) => chat.says(userId, text), hears: chat.hears };
    },
    inPrivate: (userId) => {
      const chat = wecom.person(userId);
      return { says: async (text) => void (await chat.says(text)), hears: chat.hears };
    },
    close: () => closed(product, home, wecom.stop),
  };
};

/** There are no groups: everybody is alone with the bot, and whoever is to be told has written to it. */
export const onWeChat: OpenOnChannel = async (env = {}) => {
  const wechat = await startWeChat();
  const { home, product } = await started("wechat", { ...wechat.env(), ...env });
  wechat.callAt(product.url);
  const alone = (userId: string): Voice => {
    const chat = wechat.follower(userId);
    return { says: async (text) => void (await chat.says(text)), hears: chat.hears };
  };
  return {
    product,
    inGroup: (_group, userId) => alone(userId),
    inPrivate: alone,
    close: () => closed(product, home, wechat.stop),
  };
};

async function started(channel: "wecom" | "wechat", env: Record<string, string>) {
  const home = await productHome();
  const imported = await runCommand(
    "db/registry/import-command.ts",
    [districtOn(channel)],
    home.env,
  );
  if (imported.code !== 0)
    throw new Error(`The district could not be imported:\n${imported.stderr}`);
  return { home, product: await startProduct({ ...home.env, ...env }) };
}

async function closed(product: RunningProduct, home: ProductHome, stop: () => Promise<void>) {
  await product.stop();
  await stop();
  await home.remove();
}

/** The sample district: each person's id is their account, each group's id has `cid-` before it. */
function districtOn(channel: "wecom" | "wechat"): string {
  const folder = mkdtempSync(join(tmpdir(), "yihu-district-"));
  cpSync(SAMPLE_FOLDER, folder, { recursive: true });
  const [header = "", ...groups] = linesOf(join(folder, "groups.csv"));
  const kept =
    channel === "wechat" ? [] : groups.map((line) => line.replace(/^sandbox,/, "wecom,cid-"));
  writeFileSync(join(folder, "groups.csv"), `${[header, ...kept].join("\n")}\n`);
  const people = linesOf(join(folder, "people.csv")).slice(1);
  const accounts = people.map((line) => line.split(",")[0]).map((id) => `${channel},${id},${id}`);
  writeFileSync(
    join(folder, "accounts.csv"),
    `${["channel,platform_user_id,person_id", ...accounts].join("\n")}\n`,
  );
  return folder;
}

const linesOf = (file: string): string[] => readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
