import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Card } from "../../../../bot/channels/channel.ts";
import { toPress } from "../../../../bot/channels/dingtalk/to-press.ts";
import { type Gateway, PATHS, startGateway } from "../../../support/dingtalk-gateway/gateway.ts";
import { anOutgoing, type OpenedChannel, openChannel } from "./open-channel.ts";

let gateway: Gateway;
let opened: OpenedChannel;

beforeEach(async () => {
  gateway = await startGateway();
  gateway.group("cid1", "工作群");
  opened = await openChannel(gateway, {
    cardTemplateId: "yihu.schema",
    timings: { cardWithin: 300, cardPause: 60_000 },
  });
});
afterEach(async () => {
  await opened.channel.stop();
  await gateway.stop();
});

const aCard = (changes: Partial<Card> = {}): Card => ({
  id: "yihu-1",
  title: "【待受理】SJ20261123-0001 垃圾桶满溢",
  lines: ["受理请回「受理 SJ20261123-0001」"],
  status: "",
  buttons: [{ label: "受理", action: "accept.1", no: "SJ20261123-0001", opens: false }],
  url: null,
  ...changes,
});
const sentBy = () => gateway.sent().map(({ via }) => via);

describe("a card", () => {
  it("is shown once, also when its message is tried again, and changes without losing its words", async () => {
    const { channel } = opened;
    expect(channel.capabilities.cards).toBe(true);
    await channel.send(anOutgoing({ card: aCard() }));
    await channel.send(anOutgoing({ card: aCard() }));
    expect(sentBy()).toEqual(["card"]);
    const buttons = [{ label: "签收", action: "sign.2", no: "SJ20261123-0001", opens: false }];
    expect(await channel.updateCard?.({ id: "yihu-1", status: "办理中", buttons })).toMatchObject({
      outcome: "sent",
    });
    expect(gateway.cards()[0]?.cardParamMap).toMatchObject({
      title: "【待受理】SJ20261123-0001 垃圾桶满溢",
      status: "办理中",
      label1: "签收",
      action1: "sign.2",
    });
    expect(await channel.updateCard?.({ id: "nowhere", status: "", buttons })).toMatchObject({
      outcome: "refused",
    });
  });

  it.each([
    ["the card service is busy", "busy"],
    ["it does not answer", "timeout"],
    ["the template is not published", { status: 400, body: { code: "param.templateUnpublished" } }],
    [
      "it says yes and delivers nothing",
      { status: 200, body: { success: true, result: { deliverResults: [{ success: false }] } } },
    ],
  ] as const)("goes as text, once, when %s", async (_when, fault) => {
    gateway.faults.next(PATHS.createCard, fault);
    expect(await opened.channel.send(anOutgoing({ card: aCard() }))).toMatchObject({
      outcome: "sent",
    });
    expect(sentBy()).toEqual(["groupSend"]);
  });

  it("is not waited for again and again while the service is away", async () => {
    gateway.faults.always(PATHS.createCard, "timeout");
    for (const id of ["yihu-1", "yihu-2", "yihu-3"])
      await opened.channel.send(anOutgoing({ card: aCard({ id }) }));
    expect(sentBy()).toEqual(["groupSend", "groupSend", "groupSend"]);
    expect(gateway.calls().filter(({ path }) => path === PATHS.createCard)).toHaveLength(1);
  });

  it("that would lose words goes as text, whole", async () => {
    const text = "长".repeat(400);
    await opened.channel.send(anOutgoing({ text, card: aCard({ lines: [text] }) }));
    expect(gateway.sent()).toMatchObject([{ via: "groupSend", text }]);
  });
});

describe("an alarm", () => {
  const alarm = anOutgoing({
    to: { type: "person", platformUserId: "u1" },
    text: "🚨 着火",
    priority: "emergency",
    ding: true,
  });

  it("is a DING, and a message where DingTalk raises none", async () => {
    await opened.channel.send(alarm);
    gateway.faults.next(PATHS.ding, { status: 400, body: { code: "ding.quota.insufficient" } });
    await opened.channel.send(alarm);
    gateway.faults.next(PATHS.ding, { status: 200, body: { failedList: { u1: "refused" } } });
    await opened.channel.send(alarm);
    expect(sentBy()).toEqual(["ding", "privateSend", "privateSend"]);
  });
});

describe("a press", () => {
  const at = new Date("2026-11-25T09:00:00+08:00");
  const content = (params: object) =>
    JSON.stringify({ cardPrivateData: { actionIds: ["1"], params } });
  const frame = (more: object) =>
    JSON.stringify({ type: "actionCallback", outTrackId: "yihu-1", userId: "u1", ...more });

  it("is the same press when it comes again, with the words beside the button", () => {
    const pressed = toPress(
      frame({ content: content({ action: "decline.3", note: " 有任务\u0000 " }) }),
      at,
    );
    expect(pressed).toMatchObject({
      ok: true,
      message: {
        dedupeKey: "card:yihu-1:decline.3:u1",
        sender: { platformUserId: "u1" },
        text: "有任务",
        press: { card: "yihu-1", word: "decline.3" },
      },
    });
    expect(toPress(frame({ value: content({ action: "decline.3" }) }), at).ok).toBe(true);
  });

  it.each([
    "no JSON",
    "null",
    "[]",
    JSON.stringify({ outTrackId: "yihu-1", content: content({ action: "accept.1" }) }),
    frame({}),
    frame({ content: "{" }),
    frame({ content: content({}) }),
    frame({ content: content({ action: 1 }) }),
  ])("that cannot be read never throws: %s", (data) => {
    expect(toPress(data, at)).toMatchObject({ ok: false });
  });
});
