import { networkInterfaces } from "node:os";
import type { Database } from "../../db/client.ts";
import type { Clock } from "../../services/clock.ts";
import type { Config } from "../../services/config.ts";
import type { Log } from "../../services/log.ts";
import type { Metrics } from "../../services/metrics.ts";
import type { SandboxPictures } from "../../services/sandbox-pictures.ts";
import type { Channel } from "./channel.ts";
import { createDingTalkChannel } from "./dingtalk/dingtalk-channel.ts";
import { sandboxChannel } from "./sandbox.ts";
import { sendsOnce } from "./sends-once.ts";
import { createWeChatChannel } from "./wechat/wechat-channel.ts";
import { createWeChatKfChannel } from "./wechat-kf/kf-channel.ts";
import { createWeComChannel } from "./wecom/wecom-channel.ts";
import { ownAddress } from "./zwdd/own-address.ts";
import { createZwddChannel } from "./zwdd/zwdd-channel.ts";

export interface ChannelSurroundings {
  config: Config;
  database: Database;
  clock: Clock;
  log: Log;
  pictures: SandboxPictures;
  metrics: Pick<Metrics, "count">;
}

/** The channels that the settings ask for, not started yet; one line a channel. */
export function openChannels({
  config,
  database,
  clock,
  log,
  pictures,
  metrics,
}: ChannelSurroundings): ReadonlyMap<string, Channel> {
  const tencent = {
    database,
    log,
    metrics,
    fetch,
    datum: config.registryDatum,
    now: () => new Date(),
    random: Math.random,
  };
  const channels: (Channel | null)[] = [
    config.dingtalk &&
      createDingTalkChannel(config.dingtalk, {
        log,
        now: () => new Date(),
        random: Math.random,
        metrics,
      }),
    config.wechat && createWeChatChannel(config.wechat, tencent),
    config.wechatKf && createWeChatKfChannel(config.wechatKf, tencent),
    config.wecom && createWeComChannel(config.wecom, tencent),
    config.zwdd &&
      createZwddChannel(config.zwdd, {
        log,
        now: () => new Date(),
        random: Math.random,
        own: ownAddress(networkInterfaces()),
      }),
    config.sandbox ? sandboxChannel({ db: database, clock, pictures }) : null,
  ];
  return new Map(
    channels
      .filter((channel) => channel !== null)
      .map((channel) => [channel.name, sendsOnce(channel)]),
  );
}
