import type { AddressInfo } from "node:net";
import fastify from "fastify";
import type { StoreIncoming } from "../../../bot/channels/channel.ts";
import { createWeChatChannel } from "../../../bot/channels/wechat/wechat-channel.ts";
import type { Db } from "../../../db/client.ts";
import { readConfig } from "../../../services/config.ts";
import { silentLog } from "../../../services/log.ts";
import type { WeChat } from "../../support/tencent/wechat.ts";

/** The 公众号 channel behind an HTTP server of its own, called by the simulated WeChat. */
export async function openWeChat(
  wechat: WeChat,
  database: Db,
  store: StoreIncoming,
  { env = {}, now = () => new Date(), answerWithinMs = 150 } = {},
) {
  const { wechat: config } = readConfig({ ...wechat.env(), ...env, SANDBOX: "1" });
  if (config === null) throw new Error("The 公众号 is not set up.");
  const channel = createWeChatChannel(config, {
    database,
    log: silentLog,
    metrics: { count: () => {} },
    fetch,
    datum: "gcj02",
    now,
    random: Math.random,
    answerWithinMs,
  });
  const app = fastify();
  channel.callbacks?.(app, store);
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  wechat.callAt(url);
  await channel.start(store);
  return { channel, url, close: () => app.close() };
}
