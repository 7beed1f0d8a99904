import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSmallDisk, type SmallDisk } from "../../support/chaos/small-disk.ts";
import { costs } from "../../support/chaos/table.ts";
import { tally } from "../../support/chaos/tally.ts";
import { openTown, type Report, type Town } from "../../support/chaos/town.ts";
import { type CutLine, openCutLine } from "../../support/cut-line.ts";
import { PATHS } from "../../support/dingtalk-gateway/gateway.ts";
import { type ModelServer, startModelServer } from "../../support/model-server.ts";
import { eventually, type RunningProduct } from "../../support/product.ts";

/** How long each fault lasts; `CHAOS_SECONDS=60` for a report. */
const SECONDS = Number(process.env.CHAOS_SECONDS ?? 1);
const ANSWERED_WITHIN_MS = 180_000 + SECONDS * 2_000;

const onPostgres = process.env.TEST_ENGINE === "postgres";
const EXPIRED = { status: 200, body: { errcode: 300001, errmsg: "session 不存在" } };
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

// One product lives through everything; residents report before and during each fault.
describe("a product whose surroundings fail", () => {
  let town: Town;
  let line: CutLine | null = null;
  let disk: SmallDisk | null = null;
  let model: ModelServer;
  let product: RunningProduct;
  const table = costs();

  beforeAll(async () => {
    model = await startModelServer();
    town = await openTown({
      SANDBOX: "1",
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_MODEL: "m",
    });
    const more: Record<string, string> = {};
    if (onPostgres) {
      const url = new URL(town.databaseUrl);
      line = await openCutLine({ host: url.hostname, port: Number(url.port) });
      url.port = String(line.port);
      more.DATABASE_URL = url.toString();
      const small = openSmallDisk(2);
      if ("reason" in small) console.info(`a full disk: skipped, ${small.reason}`);
      else {
        disk = small;
        more.DATA_DIR = small.folder;
      }
    } else console.info("the database away, a full disk: skipped, PGlite lives in the process");
    product = await town.live(more);
    await town.gateway.stream.connected(1, 30_000);
  }, 300_000);
  afterAll(async () => {
    table.print("faults around the product");
    await town?.close();
    await line?.close();
    disk?.remove();
    await model?.stop();
  });

  /** Residents report just before and during a fault; each is answered, once, after it at the latest. */
  async function through(fault: string, begin: () => unknown, end: () => unknown): Promise<void> {
    const said = town.report(2);
    await wait(20);
    await begin();
    said.push(...town.report(3));
    await wait(SECONDS * 1_000);
    await end();
    const ended = Date.now();
    const recovered = await town.answered(said, ANSWERED_WITHIN_MS).catch(() => null);
    const answers = said.map((report) => town.answersTo(report));
    const lost = answers.filter((count) => count === 0).length;
    const doubled = answers.filter((count) => count > 1).length;
    table.add({
      fault,
      lost,
      doubled,
      recoveryMs: recovered === null ? Number.NaN : Math.max(0, recovered - ended),
    });
    if (product.process.exitCode !== null) throw new Error(`It ended:\n${product.output()}`);
    expect({ fault, lost, doubled }).toEqual({ fault, lost: 0, doubled: 0 });
  }

  // First: after five failures the product leaves the model alone for a minute.
  it("the model is slow, down, and talks nonsense", async () => {
    const nonsense = { says: "今天天气不错" };
    const slow = { waitsMs: 60_000, answers: {} };
    await through(
      "model slow, down and talking nonsense",
      () => model.behave(slow, { hangsUp: true }, nonsense, slow, nonsense, { status: 500 }),
      () => {},
    );
    expect(model.asked.length).toBeGreaterThanOrEqual(5);
  }, 300_000);

  it.skipIf(!onPostgres)(
    "the database is gone",
    async () => {
      await through(
        `database gone for ${SECONDS} s`,
        () => line?.cut(),
        () => line?.mend(),
      );
      await through(
        `database silent for ${SECONDS} s, its connections lost`,
        () => line?.swallow(),
        () => line?.mend(),
      );
    },
    900_000,
  );

  it.skipIf(!onPostgres)(
    "no disk space for what people sent",
    async () => {
      if (disk === null) return;
      const neighbours = town.gateway.group("cid-nantang-3", "");
      const { fill, empty, folder } = disk;
      await through(
        `disk of DATA_DIR full for ${SECONDS} s`,
        async () => {
          fill();
          await neighbours.says("resident-0", { picture: PNG });
        },
        async () => {
          const isTold = () => product.output().includes("make room below DATA_DIR");
          await eventually(async () => (isTold() ? true : null), 60_000);
          empty();
        },
      );
      const sha256 = createHash("sha256").update(PNG).digest("hex");
      const kept = join(folder, "attachments", sha256.slice(0, 2), `${sha256}.png`);
      await eventually(async () => (existsSync(kept) ? true : null), 120_000);
      expect(await readFile(kept)).toEqual(PNG);
    },
    600_000,
  );

  it("DingTalk refuses, is slow, or falls silent", async () => {
    const { faults } = town.gateway;
    const clear = () => faults.clear();
    const withoutWebhooks = (more: () => void) => () => {
      faults.always(PATHS.sessionWebhook, EXPIRED);
      more();
    };
    await through(
      "session webhooks expired early",
      withoutWebhooks(() => {}),
      clear,
    );
    await through("401, token revoked", withoutWebhooks(town.gateway.revokeTokens), clear);
    const refused = (fault: "qps" | "busy" | "timeout" | "reset") =>
      withoutWebhooks(() => faults.always(PATHS.groupSend, fault));
    await through(`403, QPS limit for ${SECONDS} s`, refused("qps"), clear);
    await through(`503 for ${SECONDS} s`, refused("busy"), clear);
    await through(`no answer for ${SECONDS} s`, refused("timeout"), clear);
    await through(`connections reset for ${SECONDS} s`, refused("reset"), clear);
    await through(
      `DingTalk gone for ${SECONDS} s`,
      () => town.gateway.goDown(),
      () => town.gateway.comeBack(),
    );
  }, 1_800_000);

  it("Stream connections end, and messages come again", async () => {
    const { stream } = town.gateway;
    await through(
      "disconnect frame",
      () => stream.disconnect(2_000),
      () => {},
    );
    await through(
      "Stream connection reset",
      () => stream.reset(),
      () => {},
    );
    await through(
      "each message twice, in spite of its acknowledgement",
      async () => {
        const again = async ({ delivery }: Report) => (await delivery)?.again();
        await Promise.all(town.reports.map(again));
      },
      () => Promise.all(town.reports.slice(-3).map(async (one) => (await one.delivery)?.again())),
    );
  }, 600_000);

  it("the clock jumps a day ahead", async () => {
    await through(
      "clock a day ahead",
      () => product.api("/sandbox/clock", { advance: "P1D" }),
      () => {},
    );
  }, 300_000);

  it("and after all of it nothing is lost, doubled, unanswered or without somebody who owes it", async () => {
    await eventually(async () => ((await town.waiting(product)) === 0 ? true : null), 150_000);
    await product.stop();
    expect(await tally(town)).toEqual({
      events: town.reports.length,
      lost: [],
      doubled: [],
      withoutDuty: [],
      unanswered: [],
      stuck: 0,
      repeated: [],
    });
  }, 300_000);
});
