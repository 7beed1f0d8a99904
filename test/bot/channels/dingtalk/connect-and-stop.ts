import { createDingTalkChannel } from "../../../../bot/channels/dingtalk/dingtalk-channel.ts";
import { readConfig } from "../../../../services/config.ts";
import { silentLog } from "../../../../services/log.ts";

// A process of its own, as the product is: connects, stores one message, stops, and has to end by itself.
const { dingtalk } = readConfig({ ...process.env, SANDBOX: "1" });
if (dingtalk === null) throw new Error("Run this with the settings of a gateway.");
const channel = createDingTalkChannel(dingtalk, {
  log: silentLog,
  now: () => new Date(),
  random: Math.random,
});
let stored = 0;
await channel.start(async () => {
  stored += 1;
  // Long enough for the gateway to ask for a new connection, whose old one is still open at the stop.
  setTimeout(stop, 300);
  return "stored";
});

async function stop(): Promise<void> {
  await channel.stop();
  process.stdout.write(`stored ${stored}, then stopped\n`);
}
