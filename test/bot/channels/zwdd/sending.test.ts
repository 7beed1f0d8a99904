import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel } from "../../../../bot/channels/channel.ts";
import { createZwddChannel } from "../../../../bot/channels/zwdd/zwdd-channel.ts";
import { readConfig } from "../../../../services/config.ts";
import { silentLog } from "../../../../services/log.ts";
import type { ZwddConfig } from "../../../../services/zwdd-config.ts";
import { startZwddGateway, type ZwddGateway } from "../../../support/zwdd-gateway/gateway.ts";
import { anOutgoing } from "../dingtalk/open-channel.ts";

let gateway: ZwddGateway;
let channel: Channel;

beforeEach(async () => {
  gateway = await startZwddGateway();
});
afterEach(async () => {
  await channel.stop();
  await gateway.stop();
});

async function open(env: Record<string, string> = {}): Promise<void> {
  const { zwdd } = readConfig({
    ADMIN_TOKEN: "an-admin-token-for-tests",
    ...gateway.env(),
    ...env,
  });
  channel = createZwddChannel(zwdd as ZwddConfig, {
    log: silentLog,
    now: () => new Date(),
    random: Math.random,
    own: { ip: "10.0.0.7", mac: "02:00:00:00:00:07" },
    within: 1_000,
  });
  await channel.start(async () => "stored");
}

const toGroup = { type: "conversation", conversationId: "zz-1" } as const;
const toPerson = { type: "person", platformUserId: "77000001" } as const;

describe("what is said on 浙政钉", () => {
  it("goes to groups and people by the robot, letter for letter, and without cards", async () => {
    await open();
    expect(channel.health().state).toBe("ready");
    expect(channel.capabilities).toMatchObject({ cards: false });
    const text = "【待受理】SJ20261125-0001 垃圾桶满溢 50% & 臭+酸=难闻";
    expect(await channel.send(anOutgoing({ to: toGroup, text }))).toMatchObject({
      outcome: "sent",
    });
    expect(await channel.send(anOutgoing({ to: toPerson, text }))).toMatchObject({
      outcome: "sent",
    });
    expect(gateway.sent()).toMatchObject([
      { conversationId: "zz-1", text, via: "groupSend" },
      { userId: "77000001", text, via: "privateSend" },
    ]);
  });

  it("goes as a work notification to whom the robot may not write, recognisable when repeated", async () => {
    await open();
    gateway.shuts("77000001");
    const sent = await channel.send(
      anOutgoing({ to: toPerson, key: "k-1", text: "长".repeat(3_000), priority: "direct" }),
    );
    expect(sent).toEqual({ outcome: "sent", platformMessageId: "k-1" });
    expect(gateway.sent()).toMatchObject([{ via: "workNotice" }]);
    expect(gateway.sent()[0]?.text).toMatch(/^长+\n……\(内容太长,后面还有\d+字没有发出\)$/);
  });

  it("rings as DING only where somebody is named to send it, else as a message", async () => {
    await open();
    const alarm = anOutgoing({ to: toPerson, text: "🚨 着火", priority: "emergency", ding: true });
    await channel.send(alarm);
    await channel.stop();
    await open({ ZWDD_DING_CREATOR: "77999999" });
    await channel.send({ ...alarm, key: "again" });
    gateway.answers("/gov/ding/isv/send.json", { status: 403, body: { success: false } });
    await channel.send({ ...alarm, key: "third" });
    expect(gateway.sent().map(({ text, via }) => `${via} ${text}`)).toEqual([
      "privateSend 🚨 着火",
      "workNotice [DING] 🚨 着火",
      "privateSend 🚨 着火",
    ]);
  });

  it("is tried again while the gateway is away or the token is over, and refused where it never works", async () => {
    await open();
    gateway.expireTokens();
    expect(await channel.send(anOutgoing({ to: toGroup, key: "one" }))).toMatchObject({
      outcome: "sent",
    });
    gateway.answers("/robot/message/sendoto", { fails: "reset" });
    expect(await channel.send(anOutgoing({ to: toPerson }))).toMatchObject({ outcome: "retry" });
    gateway.answers("/robot/message/sendoto", { status: 502, body: "<html>bad gateway</html>" });
    expect(await channel.send(anOutgoing({ to: toPerson }))).toMatchObject({ outcome: "retry" });
    gateway.answers("/robot/message/sendoto", null);
    gateway.answers("/message/workNotification", {
      status: 200,
      body: {
        success: true,
        content: { success: false, responseCode: "1", responseMessage: "无" },
      },
    });
    gateway.shuts("77000001");
    expect(await channel.send(anOutgoing({ to: toPerson }))).toMatchObject({ outcome: "refused" });
  });

  it("says what to do where the gateway does not know the app", async () => {
    await open({ ZWDD_APP_SECRET: "another-secret" });
    expect(channel.health()).toMatchObject({
      state: "down",
      detail: expect.stringContaining("ZWDD_APP_SECRET"),
    });
    expect(await channel.send(anOutgoing({ to: toPerson }))).toMatchObject({
      outcome: "retry",
      retryAt: expect.any(Date),
    });
  });
});
