import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../../db/client.ts";
import { emptyDatabase, testDatabase } from "../../../support/database.ts";
import { sandboxApp, settleDistrict } from "../../../support/sandbox-app.ts";

describe("the sandbox's stream", () => {
  let database: Database;
  beforeAll(async () => {
    database = (await testDatabase()).database;
  });
  beforeEach(async () => {
    await emptyDatabase(database);
    await settleDistrict(database);
  });
  afterAll(() => database.close());

  async function listen(base: string) {
    const response = await fetch(`${base}/sandbox/stream`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (reader === undefined) throw new Error("The stream has no body.");
    let heard = "";
    return {
      type: response.headers.get("content-type"),
      /** reads on until the text has come; false when the stream ended before */
      async hears(text: string): Promise<boolean> {
        while (!heard.includes(text)) {
          const { value, done } = await reader.read();
          if (done) return false;
          heard += value;
        }
        return true;
      },
    };
  }

  const say = (base: string, conversationId: string) =>
    fetch(`${base}/sandbox/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ conversationId, userId: "李阿姨", text: "路灯不亮" }),
    });

  it("tells of what is said through another instance, and that it was read", async () => {
    const [one, other] = [await sandboxApp(database), await sandboxApp(database)];
    const [base, otherBase] = [
      await one.app.listen({ port: 0, host: "127.0.0.1" }),
      await other.app.listen({ port: 0, host: "127.0.0.1" }),
    ];
    try {
      const stream = await listen(base);
      expect(stream.type).toMatch(/^text\/event-stream/);
      expect(await stream.hears("event: time")).toBe(true);
      // Something was said before the first look; only what comes after it is news.
      await new Promise((resolve) => setTimeout(resolve, 400));
      await say(otherBase, "g-work");
      expect(await stream.hears('"conversationIds":["g-work"]')).toBe(true);
      expect(await stream.hears('"read":true')).toBe(true);
    } finally {
      await one.close();
      await other.close();
    }
  });

  it("ends when the product stops, instead of holding it up", async () => {
    const sandbox = await sandboxApp(database);
    const stream = await listen(await sandbox.app.listen({ port: 0, host: "127.0.0.1" }));
    expect(await stream.hears("event: time")).toBe(true);
    const begun = Date.now();
    await sandbox.close();
    expect(Date.now() - begun).toBeLessThan(1000);
    expect(await stream.hears("never said")).toBe(false);
  });
});
