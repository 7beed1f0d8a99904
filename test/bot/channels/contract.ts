import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel, OutgoingMessage, StoreIncoming } from "../../../bot/channels/channel.ts";
import { sendsOnce } from "../../../bot/channels/sends-once.ts";
import type { IncomingMessage } from "../../../services/domain/incoming.ts";

/** One message on its way from a simulated platform to the channel. */
export interface Pushed {
  /** whether the platform was told that the message is safe; waits as long as the platform does */
  acknowledged(): Promise<boolean>;
  /** the platform delivers the same message once more */
  again(): Promise<Pushed>;
}

/** A channel with its simulated platform around it, on real sockets. */
export interface Stage {
  channel: Channel;
  /** the account by which the product knows somebody */
  accountOf(userId: string): string;
  /** absent where `Platform.hears` is false */
  hears?: {
    inPrivate(userId: string, said: string | { picture: Uint8Array }): Promise<Pushed>;
    /** absent where the bot is in no groups */
    inGroup?(groupId: string, userId: string, text: string): Promise<Pushed>;
  };
  /** what reached people and groups, in order; `to` is a user id or a group id */
  sent(): { to: string; text: string }[];
  /** nobody of this id is there; absent where everybody is */
  leaves?(userId: string): void;
  /** the next call is answered that the platform is busy; absent where there is no platform */
  isBusy?(): void;
  close(): Promise<void>;
}

export interface Platform {
  name: string;
  /** the most bytes of UTF-8 that a text may have here; null: any number */
  mostBytes: number | null;
  /** false where messages arrive by another door than the channel's: what is heard is not its affair then */
  hears: boolean;
  /** opens the stage; the channel is started with `store` */
  open(store: StoreIncoming): Promise<Stage>;
  /** a reference to an attachment that the platform does not have; null: the channel fetches none */
  lostAttachment: string | null;
}

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** What every channel keeps to, whatever its platform is like. */
export function channelContract(platform: Platform): void {
  describe(`the ${platform.name} channel keeps the contract of channels:`, () => {
    let stage: Stage;
    let stored: IncomingMessage[];
    let stores: number;
    let gate: Promise<void>;
    let broken: boolean;
    let keys = 0;

    const store: StoreIncoming = async (message) => {
      stores += 1;
      await gate;
      if (broken) throw new Error("the database is gone");
      const seen = stored.some((known) => known.dedupeKey === message.dedupeKey);
      if (!seen) stored.push(message);
      return seen ? "seenBefore" : "stored";
    };
    const outgoing = (message: Partial<OutgoingMessage>): OutgoingMessage => ({
      key: `contract-${++keys}`,
      to: { type: "person", platformUserId: stage.accountOf("zhang") },
      text: "SJ20261123-0001 已受理",
      reply: null,
      mentions: [],
      priority: "direct",
      ...message,
    });
    const hears = () => {
      if (stage.hears === undefined) throw new Error("This channel hears by another door.");
      return stage.hears;
    };
    const fetches = () => {
      const { fetchAttachment } = stage.channel;
      if (fetchAttachment === undefined) throw new Error("This channel fetches no attachments.");
      return fetchAttachment;
    };
    /** Somebody has written, so that they may be written to. */
    const contact = async (userId = "zhang") => {
      if (stage.hears === undefined) return;
      await (await stage.hears.inPrivate(userId, "你好")).acknowledged();
    };

    beforeEach(async () => {
      stored = [];
      stores = 0;
      gate = Promise.resolve();
      broken = false;
      stage = await platform.open(store);
      stage = { ...stage, channel: sendsOnce(stage.channel) };
    });
    afterEach(async () => {
      await stage.channel.stop();
      await stage.close();
    });

    it("is ready once it is started, and stopped once it is stopped", async () => {
      expect(stage.channel.health().state).toBe("ready");
      await stage.channel.stop();
      expect(stage.channel.health().state).toBe("stopped");
    });

    it("hears in groups what it says that it hears", async () => {
      const { groupHearing } = stage.channel.capabilities;
      if (groupHearing === "none") {
        const to = { type: "conversation" as const, conversationId: "group-1" };
        expect((await stage.channel.send(outgoing({ to }))).outcome).toBe("refused");
        return;
      }
      if (platform.hears) {
        const { inGroup } = hears();
        if (inGroup === undefined) throw new Error("It says that it hears groups.");
        await (await inGroup("group-1", "zhang", "楼道灯坏了")).acknowledged();
        expect(stored[0]).toMatchObject({
          conversation: { id: "group-1", type: "group" },
          text: "楼道灯坏了",
        });
      }
      const to = { type: "conversation" as const, conversationId: "group-1" };
      await stage.channel.send(outgoing({ to, mentions: [stage.accountOf("zhang")] }));
      expect(stage.sent().at(-1)).toMatchObject({
        to: "group-1",
        text: expect.stringMatching(/^SJ20261123-0001 已受理/),
      });
    });

    it("answers where it was spoken to, and writes to one person", async () => {
      await contact();
      const reply = stored[0]?.reply ?? null;
      expect(await stage.channel.send(outgoing({ reply, text: "收到" }))).toMatchObject({
        outcome: "sent",
      });
      expect(await stage.channel.send(outgoing({ text: "已办结" }))).toMatchObject({
        outcome: "sent",
      });
      await until(() => stage.sent().length >= 2);
      expect(stage.sent()).toEqual([
        { to: "zhang", text: "收到" },
        { to: "zhang", text: "已办结" },
      ]);
    });

    it("writes first only as far as it says that it may", async () => {
      const { proactive } = stage.channel.capabilities;
      const first = await stage.channel.send(outgoing({}));
      if (proactive === "always") return expect(first.outcome).toBe("sent");
      expect(first.outcome).toBe("refused");
      await contact();
      expect((await stage.channel.send(outgoing({}))).outcome).toBe("sent");
      if (proactive === "afterContact") return;
      for (let n = 1; n < proactive.messages; n += 1)
        expect((await stage.channel.send(outgoing({}))).outcome).toBe("sent");
      expect((await stage.channel.send(outgoing({}))).outcome).toBe("refused");
      expect(stage.sent()).toHaveLength(proactive.messages);
    });

    it("sends a message of one key once", async () => {
      await contact();
      const message = outgoing({});
      const results = await Promise.all([stage.channel.send(message), stage.channel.send(message)]);
      results.push(await stage.channel.send(message));
      expect(results.map((result) => result.outcome)).toEqual(["sent", "sent", "sent"]);
      expect(stage.sent()).toHaveLength(1);
    });

    it("tells what will never work from what is worth another try", async () => {
      await contact();
      expect((await stage.channel.send(outgoing({ text: " \n" }))).outcome).toBe("refused");
      if (stage.isBusy !== undefined) {
        stage.isBusy();
        expect((await stage.channel.send(outgoing({}))).outcome).toBe("retry");
        expect((await stage.channel.send(outgoing({}))).outcome).toBe("sent");
      }
      if (stage.leaves !== undefined) {
        stage.leaves("zhang");
        expect((await stage.channel.send(outgoing({}))).outcome).toBe("refused");
      }
    });

    it("cuts a text that is too long and says so", async () => {
      await contact();
      const text = "南塘家园3幢楼下垃圾桶满溢,".repeat(2_000);
      expect((await stage.channel.send(outgoing({ text }))).outcome).toBe("sent");
      const arrived = stage.sent().at(-1)?.text ?? "";
      if (platform.mostBytes === null) return expect(arrived).toBe(text);
      expect(Buffer.byteLength(arrived)).toBeLessThanOrEqual(platform.mostBytes);
      expect(Buffer.byteLength(arrived)).toBeGreaterThan(platform.mostBytes * 0.8);
      expect(arrived).toMatch(/内容太长,后面还有\d+字没有发出\)$/);
    });

    if (platform.lostAttachment !== null) {
      it("says of an attachment that it is gone for good", async () => {
        const ref = platform.lostAttachment ?? "";
        const lost = { kind: "picture", ref, fileName: null, transcript: null } as const;
        await expect(fetches()(lost)).rejects.toMatchObject({
          name: "Error",
          reason: "gone",
          permanent: true,
        });
      });
    }

    if (platform.hears) {
      it("stores a message before it acknowledges, once, however often it is delivered", async () => {
        let open = () => {};
        gate = new Promise<void>((resolve) => {
          open = resolve;
        });
        const pushed = await hears().inPrivate("zhang", "3幢楼下垃圾桶满了");
        let done = false;
        const acknowledged = pushed.acknowledged().then((yes) => {
          done = yes;
          return yes;
        });
        await until(() => stores > 0);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(done).toBe(false);
        open();
        expect(await acknowledged).toBe(true);
        expect(await (await pushed.again()).acknowledged()).toBe(true);
        expect(stored).toHaveLength(1);
        expect(stored[0]).toMatchObject({
          channel: stage.channel.name,
          conversation: { type: "private" },
          sender: { platformUserId: stage.accountOf("zhang") },
          text: "3幢楼下垃圾桶满了",
          unsupported: null,
          onBehalfOf: null,
          source: null,
        });
        expect(Math.abs((stored[0]?.sentAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
      });

      it("acknowledges nothing that could not be stored", async () => {
        broken = true;
        const pushed = await hears().inPrivate("zhang", "水管爆了");
        expect(await pushed.acknowledged()).toBe(false);
        broken = false;
        expect(await (await pushed.again()).acknowledged()).toBe(true);
        expect(stored).toHaveLength(1);
      });

      it("stops only when what it is storing is acknowledged", async () => {
        gate = new Promise((resolve) => setTimeout(resolve, 200));
        const pushed = await hears().inPrivate("zhang", "电梯停了");
        await until(() => stores > 0);
        const acknowledged = pushed.acknowledged();
        await stage.channel.stop();
        expect(await acknowledged).toBe(true);
        expect(stored).toHaveLength(1);
      });

      if (platform.lostAttachment === null) {
        it("tells of the picture that it cannot fetch, rather than losing it", async () => {
          expect(stage.channel.fetchAttachment).toBeUndefined();
          await (await hears().inPrivate("zhang", { picture: PNG })).acknowledged();
          expect(stored[0]).toMatchObject({ attachments: [], unsupported: "图片" });
        });
      } else {
        it("fetches the picture that a message carried", async () => {
          const fetchAttachment = fetches();
          await (await hears().inPrivate("zhang", { picture: PNG })).acknowledged();
          const [picture] = stored[0]?.attachments ?? [];
          if (picture === undefined) throw new Error("the picture did not come along");
          expect(picture.kind).toBe("picture");
          expect(Buffer.from((await fetchAttachment(picture)).bytes)).toEqual(PNG);
        });
      }
    }
  });
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("It did not come about within 5 s.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
