import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { sandboxChannel } from "../../../bot/channels/sandbox.ts";
import type { Database } from "../../../db/client.ts";
import { readTranscript } from "../../../db/queries/sandbox.ts";
import { privateChatOf } from "../../../services/domain/sandbox-chat.ts";
import { sandboxPictures } from "../../../services/sandbox-pictures.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";
import type { Delivery } from "../../support/dingtalk-gateway/deliveries.ts";
import { PATHS, startGateway } from "../../support/dingtalk-gateway/gateway.ts";
import { startKf } from "../../support/tencent/kf.ts";
import { error } from "../../support/tencent/server.ts";
import { startWeChat } from "../../support/tencent/wechat.ts";
import { type AppPush, startWeCom } from "../../support/tencent/wecom.ts";
import { startZwddGateway } from "../../support/zwdd-gateway/gateway.ts";
import { openKf, openWeChat, openWeCom, openZwdd } from "./called-stage.ts";
import { channelContract, type Pushed } from "./contract.ts";
import { openChannel } from "./dingtalk/open-channel.ts";

/** A call of Tencent's is acknowledged by a 200. */
const pushedOf = (push: AppPush): Pushed => ({
  acknowledged: async () => (await push.answered)?.status === 200,
  again: async () => pushedOf(await push.again()),
});

let database: Database | null = null;
afterAll(() => database?.close());

channelContract({
  name: "sandbox",
  hears: false,
  mostBytes: null,
  lostAttachment: "../../etc/passwd",
  async open(store) {
    database ??= (await testDatabase()).database;
    await emptyDatabase(database);
    const db = database;
    const folder = mkdtempSync(join(tmpdir(), "yihu-pictures-"));
    const channel = sandboxChannel({
      db,
      clock: { now: () => new Date() },
      pictures: sandboxPictures(folder),
    });
    await channel.start(store);
    const sent: { to: string; text: string }[] = [];
    return {
      // What people say comes by POST /sandbox/messages.
      channel: {
        ...channel,
        async send(message) {
          const result = await channel.send(message);
          const to = message.to.type === "person" ? message.to.platformUserId : "group-1";
          const conversationId =
            message.to.type === "person" ? privateChatOf(to) : message.to.conversationId;
          const said = await readTranscript(db, { conversationId, limit: 100 });
          sent.splice(0, sent.length, ...said.map(({ text }) => ({ to, text })));
          return result;
        },
      },
      accountOf: (userId) => userId,
      sent: () => sent,
      async close() {
        rmSync(folder, { recursive: true });
      },
    };
  },
});

channelContract({
  name: "公众号",
  hears: true,
  mostBytes: 2_048,
  lostAttachment: "no-such-media",
  async open(store) {
    database ??= (await testDatabase()).database;
    await emptyDatabase(database);
    const wechat = await startWeChat();
    const { channel, close } = await openWeChat(wechat, database, store);
    return {
      channel,
      accountOf: (userId) => userId,
      hears: {
        inPrivate: async (userId, said) => pushedOf(await wechat.follower(userId).says(said)),
      },
      sent: () => wechat.sent().map(({ userId, text }) => ({ to: userId ?? "", text })),
      leaves: wechat.unfollows,
      isBusy: () => wechat.api.next("/cgi-bin/message/custom/send", error(-1, "system busy")),
      async close() {
        await close();
        await wechat.stop();
      },
    };
  },
});

channelContract({
  name: "微信客服",
  hears: true,
  mostBytes: 2_048,
  lostAttachment: "no-such-media",
  async open(store) {
    database ??= (await testDatabase()).database;
    await emptyDatabase(database);
    const kf = await startKf();
    const { channel, close } = await openKf(kf, database, store);
    return {
      channel,
      accountOf: (userId) => `${userId}@${kf.openKfId}`,
      hears: { inPrivate: async (userId, said) => pushedOf(await kf.customer(userId).says(said)) },
      sent: () => kf.sent().map(({ userId, text }) => ({ to: userId ?? "", text })),
      leaves: kf.leaves,
      isBusy: () => kf.api.next("/cgi-bin/kf/send_msg", error(-1, "system busy")),
      async close() {
        await close();
        await kf.stop();
      },
    };
  },
});

channelContract({
  name: "企业微信",
  hears: true,
  mostBytes: 2_048,
  lostAttachment: "no-such-media",
  async open(store) {
    database ??= (await testDatabase()).database;
    await emptyDatabase(database);
    const wecom = await startWeCom();
    const { channel, close } = await openWeCom(wecom, database, store);
    return {
      channel,
      accountOf: (userId) => userId,
      hears: {
        inPrivate: async (userId, said) => pushedOf(await wecom.person(userId).says(said)),
        async inGroup(groupId, userId, text) {
          wecom.group(groupId).says(userId, text);
          return {
            // The long connection acknowledges nothing: that it is stored is all there is to see.
            acknowledged: () => new Promise((resolve) => setTimeout(resolve, 300, true)),
            again: async () => Promise.reject(new Error("never comes again")),
          };
        },
      },
      sent: () =>
        wecom.sent().map(({ userId, conversationId, text }) => ({
          to: userId ?? conversationId ?? "",
          text,
        })),
      leaves: wecom.leaves,
      isBusy: () => wecom.api.next("/cgi-bin/message/send", error(-1, "system busy")),
      async close() {
        await close();
        await wecom.stop();
      },
    };
  },
});

channelContract({
  name: "DingTalk",
  hears: true,
  mostBytes: 14_800,
  lostAttachment: "no-such-code",
  async open(store) {
    const gateway = await startGateway();
    const { channel } = await openChannel(gateway, { store });
    const pushedFrame = (delivery: Delivery, nthAck: number): Pushed => ({
      acknowledged: () =>
        delivery.acked(800, nthAck).then(
          () => true,
          () => false,
        ),
      async again() {
        const next = delivery.acks.length + 1;
        await delivery.again();
        return pushedFrame(delivery, next);
      },
    });
    const says = (userId: string, said: string | { picture: Uint8Array }) =>
      gateway.person(userId).says(said);
    return {
      channel,
      accountOf: (userId) => userId,
      hears: {
        inPrivate: async (userId, said) => pushedFrame(await says(userId, said), 1),
        async inGroup(groupId, userId, text) {
          const delivery = await gateway.group(groupId, "南塘3网格群").says(userId, text);
          if (delivery === null) throw new Error("It mentions the bot and was not delivered.");
          return pushedFrame(delivery, 1);
        },
      },
      sent: () =>
        gateway
          .sent()
          .map((sent) => ({ to: sent.userId ?? sent.conversationId ?? "", text: sent.text })),
      leaves: (userId) => gateway.leaves(userId),
      isBusy: () => gateway.faults.next(PATHS.privateSend, "busy"),
      close: () => gateway.stop(),
    };
  },
});

channelContract({
  name: "浙政钉",
  hears: true,
  mostBytes: 14_800,
  lostAttachment: null,
  async open(store) {
    const gateway = await startZwddGateway();
    const { channel, close } = await openZwdd(gateway, store);
    let ids = 0;
    const pushed = (body: object): Pushed => {
      const answer = gateway.callBack(body);
      return {
        acknowledged: async () => (await answer).status === 200,
        again: async () => pushed(body),
      };
    };
    const says = (
      from: string,
      conversationId: string,
      conversationType: "1" | "2",
      said: object,
    ) =>
      pushed({
        ...said,
        msgId: `contract-${++ids}`,
        conversationId,
        conversationType,
        senderId: from,
        createAt: Date.now(),
      });
    const text = (content: string) => ({ msgtype: "text", text: { content } });
    const picture = { msgtype: "picture", content: { downloadCode: "c" } };
    return {
      channel,
      accountOf: (userId) => userId,
      hears: {
        inPrivate: async (userId, said) =>
          says(userId, `single-${userId}`, "1", typeof said === "string" ? text(said) : picture),
        inGroup: async (groupId, userId, said) => says(userId, groupId, "2", text(` ${said}`)),
      },
      sent: () =>
        gateway
          .sent()
          .map((sent) => ({ to: sent.userId ?? sent.conversationId ?? "", text: sent.text })),
      isBusy: () => gateway.answersOnce("/robot/message/sendoto", { status: 503, body: {} }),
      async close() {
        await close();
        await gateway.stop();
      },
    };
  },
});
