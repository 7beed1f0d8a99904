import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OutgoingMessage } from "../../../bot/channels/channel.ts";
import { sandboxChannel } from "../../../bot/channels/sandbox.ts";
import type { Database } from "../../../db/client.ts";
import { readTranscript } from "../../../db/queries/sandbox.ts";
import { sandboxPictures } from "../../../services/sandbox-pictures.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";

const NOW = new Date("2026-11-23T09:00:00+08:00");

describe("the sandbox channel", () => {
  let database: Database;
  const folder = mkdtempSync(join(tmpdir(), "yihu-pictures-"));
  const pictures = sandboxPictures(folder);
  const channel = () => sandboxChannel({ db: database, clock: { now: () => NOW }, pictures });
  const outgoing = (changes: Partial<OutgoingMessage>): OutgoingMessage => ({
    key: "k1",
    to: { type: "conversation", conversationId: "g1" },
    text: "已登记 SJ20261123-0001",
    reply: null,
    mentions: [],
    priority: "direct",
    ...changes,
  });
  const said = (conversationId: string) => readTranscript(database, { conversationId, limit: 100 });

  beforeAll(async () => {
    database = (await testDatabase()).database;
  });
  beforeEach(() => emptyDatabase(database));
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it("writes what the bot says into the conversation, at the product's time", async () => {
    const result = await channel().send(outgoing({}));
    expect(result.outcome).toBe("sent");
    expect(await said("g1")).toMatchObject([
      { from: "bot", text: "已登记 SJ20261123-0001", at: NOW, reading: null },
    ]);
  });

  it("writes a message to a person into their private chat", async () => {
    await channel().send(outgoing({ to: { type: "person", platformUserId: "p7" } }));
    expect(await said("private:p7")).toHaveLength(1);
  });

  it("says a message once, however often and by however many it is sent", async () => {
    const [one, other] = [channel(), channel()];
    const results = await Promise.all([
      one.send(outgoing({})),
      other.send(outgoing({})),
      one.send(outgoing({})),
    ]);
    expect(await said("g1")).toHaveLength(1);
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  });

  it("keeps lines that are written at once in the order of their ids", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        channel().send(outgoing({ key: `k${n}`, text: `${n}` })),
      ),
    );
    const ids = (await said("g1")).map((line) => line.id);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(20);
  });

  it("gives back the bytes of a picture, and says where to look for a lost one", async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const ref = await pictures.keep(bytes);
    const picture = { kind: "picture", ref, fileName: "井盖.jpg", transcript: null } as const;
    const fetched = await channel().fetchAttachment?.(picture);
    expect(fetched?.fileName).toBe("井盖.jpg");
    expect([...(fetched?.bytes ?? [])]).toEqual([1, 2, 3]);
    await expect(
      channel().fetchAttachment?.({ ...picture, ref: "../../etc/passwd" }),
    ).rejects.toThrow(/DATA_DIR/);
  });

  it("is ready, until it is stopped", async () => {
    const one = channel();
    expect(one.health()).toEqual({ state: "ready", since: NOW, detail: null });
    await one.stop();
    expect(one.health().state).toBe("stopped");
  });
});
