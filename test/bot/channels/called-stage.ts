import type { AddressInfo } from "node:net";
import fastify from "fastify";
import type { Channel, StoreIncoming } from "../../../bot/channels/channel.ts";
import { createWeChatChannel } from "../../../bot/channels/wechat/wechat-channel.ts";
import { createWeChatKfChannel } from "../../../bot/channels/wechat-kf/kf-channel.ts";
import { createWeComChannel, type WeComDeps } from "../../../bot/channels/wecom/wecom-channel.ts";
import { createZwddChannel } from "../../../bot/channels/zwdd/zwdd-channel.ts";
import type { Database, Db } from "../../../db/client.ts";
import { readConfig } from "../../../services/config.ts";
import { silentLog } from "../../../services/log.ts";
import type { Kf } from "../../support/tencent/kf.ts";
import type { WeChat } from "../../support/tencent/wechat.ts";
import type { WeCom } from "../../support/tencent/wecom.ts";
import type { ZwddGateway } from "../../support/zwdd-gateway/gateway.ts";

/** The 公众号 channel behind an HTTP server of its own, called by the simulated WeChat. */
export async function openWeChat(
  wechat: WeChat,
  database: Db,
  store: StoreIncoming,
  { env = {}, now = () => new Date(), answerWithinMs = 150 } = {},
) {
  const { wechat: config } = readConfig({ ...wechat.env(), ...env, SANDBOX: "1" });
  if (config === null) throw new Error("The 公众号 is not set up.");
  const channel = createWeChatChannel(config, { ...deps, database, now, answerWithinMs });
  return opened(channel, store, wechat.callAt);
}

/** 微信客服, likewise. */
export async function openKf(kf: Kf, database: Db, store: StoreIncoming) {
  const { wechatKf: config } = readConfig({ ...kf.env(), SANDBOX: "1" });
  if (config === null) throw new Error("微信客服 is not set up.");
  return opened(createWeChatKfChannel(config, { ...deps, database }), store, kf.callAt);
}

/** 企业微信 with app and bot, or one of them. */
export async function openWeCom(
  wecom: WeCom,
  database: Database,
  store: StoreIncoming,
  { only, ...more }: { only?: "app" | "bot" } & Partial<Pick<WeComDeps, "timings" | "lead">> = {},
) {
  const { wecom: config } = readConfig({ ...wecom.env(only), SANDBOX: "1" });
  if (config === null) throw new Error("企业微信 is not set up.");
  return opened(createWeComChannel(config, { ...deps, database, ...more }), store, wecom.callAt);
}

/** 浙政钉's robot, which calls as WeChat does. */
export async function openZwdd(
  gateway: ZwddGateway,
  store: StoreIncoming,
  env: Record<string, string> = {},
) {
  const { zwdd: config } = readConfig({ ...gateway.env(), ...env, SANDBOX: "1" });
  if (config === null) throw new Error("浙政钉 is not set up.");
  const own = { ip: "10.0.0.7", mac: "02:00:00:00:00:07" };
  const channel = createZwddChannel(config, { ...deps, own, within: 1_000 });
  return opened(channel, store, (url) => gateway.callsBack(`${url}/channels/zhezhengding`));
}

const deps = {
  log: silentLog,
  metrics: { count: () => {} },
  fetch,
  datum: "gcj02" as const,
  now: () => new Date(),
  random: Math.random,
};

async function opened(channel: Channel, store: StoreIncoming, callAt: (url: string) => void) {
  const app = fastify();
  channel.callbacks?.(app, store);
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  callAt(url);
  await channel.start(store);
  return { channel, url, close: () => app.close() };
}
