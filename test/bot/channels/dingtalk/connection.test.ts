import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";
import type { Channel } from "../../../../bot/channels/channel.ts";
import {
  type Gateway,
  PATHS,
  type StartOptions,
  startGateway,
} from "../../../support/dingtalk-gateway/gateway.ts";
import { openChannel, pause, until } from "./open-channel.ts";

let gateway: Gateway;
const channels: Channel[] = [];

afterEach(async () => {
  await Promise.all(channels.splice(0).map((channel) => channel.stop()));
  await gateway.stop();
});

const begin = async (options: StartOptions, how: Parameters<typeof openChannel>[1] = {}) => {
  gateway = await startGateway(options);
  const opened = await openChannel(gateway, { start: false, ...how });
  channels.push(opened.channel);
  return opened;
};
const ignore = async () => "stored" as const;
const open = () => gateway.stream.connections().filter((one) => one.closedAt === null).length;

it("connects with one question, for robot messages, pressed cards and events", async () => {
  const { channel } = await begin({});
  await channel.start(ignore);
  expect(channel.health().state).toBe("ready");
  expect(gateway.opens()).toHaveLength(1);
  expect(gateway.opens()[0]?.subscriptions).toEqual([
    { type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" },
    { type: "CALLBACK", topic: "/v1.0/card/instances/callback" },
    { type: "EVENT", topic: "*" },
  ]);
});

it("asks for its own topics also beside a second channel in the same process", async () => {
  const first = await begin({});
  const second = await openChannel(gateway, { start: false });
  channels.push(second.channel);
  await first.channel.start(ignore);
  await second.channel.start(ignore);
  expect(gateway.opens()[1]?.subscriptions).toHaveLength(3);
});

it.each([
  ["wrong credentials", PATHS.open, { status: 401, body: { code: "authFailed" } }, /CLIENT_SECRET/],
  ["an unpublished app", PATHS.open, { status: 400, body: { code: "x" } }, /Publish the app/],
  ["a busy gateway", PATHS.open, "busy", /503/],
  ["the page of a proxy", PATHS.open, "html", /400/],
  ["no answer", PATHS.open, "timeout", /timeout/i],
  ["a broken connection", PATHS.open, "reset", /fetch failed/],
  ["a refused upgrade", PATHS.connect, { status: 403 }, /403/],
  ["a handshake without end", PATHS.connect, "timeout", /timed out/],
] as const)("says what is wrong with %s and comes back", async (_name, path, fault, reason) => {
  const { channel } = await begin({});
  gateway.faults.next(path, fault);
  await channel.start(ignore);
  expect(channel.health()).toMatchObject({ state: "down", detail: expect.stringMatching(reason) });
  await gateway.stream.connected();
  await until(() => channel.health().state === "ready", "ready");
  expect(gateway.opens()).toHaveLength(2);
});

it("asks for a fresh ticket when one came too late", async () => {
  const { channel } = await begin({ now: withTicketsThatAge() });
  await channel.start(ignore);
  await gateway.stream.connected();
  expect(gateway.opens().length).toBeGreaterThanOrEqual(2);
});

/** A clock that jumps two minutes after the first ticket was given out. */
function withTicketsThatAge() {
  let jumped = false;
  return () => {
    if (!jumped && gateway?.opens().length === 1) jumped = true;
    return Date.now() + (jumped ? 120_000 : 0);
  };
}

it("does not storm a gateway that is down: ever longer waits, one attempt at a time", async () => {
  const { channel } = await begin({});
  gateway.faults.always(PATHS.connect, { status: 401 });
  await channel.start(ignore);
  await pause(3_000);
  // 100, 200, 400, 800, 800 ms at most and half of it at least; the SDK alone would ask 60 times.
  expect(gateway.opens().length).toBeGreaterThanOrEqual(4);
  expect(gateway.opens().length).toBeLessThanOrEqual(10);
});

it("comes back once after a TCP reset, and once after an outage", async () => {
  const { channel, counted } = await begin({});
  await channel.start(ignore);
  gateway.stream.reset();
  await until(() => gateway.opens().length === 2 && channel.health().state === "ready", "back");
  await gateway.goDown();
  await until(() => channel.health().state === "down", "down");
  await pause(500);
  await gateway.comeBack();
  await until(() => channel.health().state === "ready", "ready again");
  await pause(500);
  expect(open()).toBe(1);
  expect(gateway.opens()).toHaveLength(3);
  expect(counted.get("dingtalk_connections_total opened")).toBe(3);
});

it("opens the new connection before the old one closes, and loses nothing meanwhile", async () => {
  const { channel, stored } = await begin({ closeAfterDisconnectMs: 600, redeliverAfterMs: null });
  const opened = stored;
  await channel.start(async (message) => {
    opened.push(message);
    return "stored";
  });
  const group = gateway.group("cid1", "南塘3网格群");
  const saying = (async () => {
    for (let number = 0; number < 60; number += 1) {
      await group.says("resident-1", `第${number}件`);
      await pause(15);
    }
  })();
  await pause(100);
  gateway.stream.disconnect();
  await pause(400);
  gateway.stream.disconnect();
  await saying;
  await until(() => stored.length === 60, "60 messages");
  const connections = gateway.stream.connections();
  expect(connections).toHaveLength(3);
  const [first, second] = connections;
  await until(() => gateway.stream.connections()[0]?.closedAt !== null, "the old one closed");
  const closedAt = gateway.stream.connections()[0]?.closedAt?.getTime() ?? 0;
  expect(second?.openedAt.getTime()).toBeLessThan(closedAt);
  expect(first?.leaving).toBe(true);
});

it("acknowledges on the connection that brought the message, though a newer one is open", async () => {
  const { channel } = await begin({ redeliverAfterMs: null });
  await channel.start(async () => {
    await pause(150);
    return "stored";
  });
  const delivery = await gateway.person("u1").says("垃圾桶满了");
  gateway.stream.disconnect();
  const ack = await delivery?.acked();
  expect(ack?.connectionId).toBe(gateway.stream.connections()[0]?.connectionId);
  expect(gateway.stream.connections()).toHaveLength(2);
});

it("ends a connection that answers no ping, and opens another", async () => {
  const { channel } = await begin({}, { timings: { pingEvery: 60 } });
  await channel.start(ignore);
  gateway.stream.deafen();
  await until(() => gateway.stream.connections().length === 2, "a second connection");
  await until(() => channel.health().state === "ready", "ready");
  expect(gateway.opens()).toHaveLength(2);
});

it("keeps a healthy connection for many heartbeats", async () => {
  const { channel } = await begin({}, { timings: { pingEvery: 20 } });
  await channel.start(ignore);
  await pause(600);
  expect(gateway.stream.connections()).toHaveLength(1);
});

it("replaces a connection that went silent, the old one still open", async () => {
  const { channel } = await begin({}, { timings: { pingEvery: 50, silentAfter: 150 } });
  await channel.start(ignore);
  await gateway.stream.connected(2);
  expect(gateway.stream.connections()[0]?.closedAt).toBeNull();
});

it("answers the platform's ping with the same headers and data", async () => {
  const { channel } = await begin({});
  await channel.start(ignore);
  gateway.stream.system("KEEPALIVE");
  gateway.stream.system("ping", JSON.stringify({ opaque: "abc" }));
  await until(() => gateway.stream.pongs.length === 1, "a pong");
  expect(gateway.stream.pongs[0]?.data).toBe(JSON.stringify({ opaque: "abc" }));
});

it("survives frames that are no JSON, no objects or have no headers", async () => {
  const { channel } = await begin({});
  await channel.start(ignore);
  for (const text of [
    "不是JSON",
    "null",
    "[]",
    "7",
    "{}",
    '{"type":"CALLBACK"}',
    '{"type":"SYSTEM","headers":{}}',
  ])
    gateway.stream.raw(text);
  const delivery = await gateway.person("u1").says("还在吗");
  expect((await delivery?.acked())?.code).toBe(200);
  expect(gateway.opens()).toHaveLength(1);
});

it("answers 404 to a topic that nobody listens to, and acknowledges events it does not read", async () => {
  const { channel } = await begin({});
  await channel.start(ignore);
  const plugin = await gateway.stream.push("/v1.0/graph/api/invoke", "{}", "plugin1");
  expect((await plugin.acked()).code).toBe(404);
  const event = await gateway.stream.push("*", "{}", "event1", "EVENT");
  expect(await event.acked()).toMatchObject({ code: 200, data: '{"status":"SUCCESS"}' });
});

it("stays stopped when it is stopped while waiting for the next attempt", async () => {
  const { channel } = await begin({});
  gateway.faults.always(PATHS.open, "busy");
  await channel.start(ignore);
  await channel.stop();
  gateway.faults.clear();
  const asked = gateway.opens().length;
  await pause(1_200);
  expect(gateway.opens()).toHaveLength(asked);
  expect(channel.health().state).toBe("stopped");
});

it.each([
  ["asking for the endpoint", PATHS.open],
  ["shaking hands", PATHS.connect],
])("stops at once while it is %s", async (_name, path) => {
  const { channel } = await begin({}, { timings: { openWithin: 20_000 } });
  gateway.faults.always(path, "timeout");
  const starting = channel.start(ignore);
  await until(() => gateway.opens().length === 1, "the attempt");
  const before = Date.now();
  await channel.stop();
  await starting;
  expect(Date.now() - before).toBeLessThan(1_500);
  expect(open()).toBe(0);
});

it("can be started again after it was stopped", async () => {
  const { channel } = await begin({});
  await channel.start(ignore);
  await expect(channel.start(ignore)).rejects.toThrow("already started");
  await channel.stop();
  expect(open()).toBe(0);
  await channel.start(ignore);
  expect(channel.health().state).toBe("ready");
});

it("refuses to connect to an endpoint of a foreign host", async () => {
  const { channel } = await begin({});
  const body = { endpoint: "ws://127.0.0.1:9/connect", ticket: "t" };
  gateway.faults.next(PATHS.open, { status: 200, body });
  await channel.start(ignore);
  expect(channel.health().detail).toMatch(/neither DingTalk's nor/);
});

it("leaves nothing behind: the process ends by itself after stop", async () => {
  await begin({ closeAfterDisconnectMs: 5_000 });
  const child = new URL("./connect-and-stop.ts", import.meta.url).pathname;
  const env = { ...process.env, ...gateway.env() };
  const run = promisify(execFile)(process.execPath, ["--import", "tsx", child], {
    env,
    timeout: 20_000,
  });
  await gateway.stream.connected(1, 15_000);
  await gateway.person("u1").says("再见");
  gateway.stream.disconnect();
  const { stdout } = await run;
  expect(stdout).toMatch(/stored 1, then stopped/);
});
