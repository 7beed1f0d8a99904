import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dingtalkDistrict } from "../support/dingtalk-district.ts";
import { type Gateway, startGateway } from "../support/dingtalk-gateway/gateway.ts";
import {
  eventually,
  type ProductHome,
  productHome,
  type RunningProduct,
  runCommand,
  startProduct,
} from "../support/product.ts";

const MESSAGES = 200;
const KILLS = 3;

// Each report has a door of its own, so that each must become one event of its own.
const report = (index: number) =>
  `学院公寓${1 + (index % 4)}幢${1 + Math.floor(index / 4)}单元门口垃圾桶满了没人倒`;

describe("200 messages while the product is killed three times and connections break", () => {
  let gateway: Gateway;
  let home: ProductHome;
  let product: RunningProduct;

  beforeAll(async () => {
    gateway = await startGateway({
      redeliverAfterMs: 1_500,
      redeliveries: 60,
      callsPerSecond: 1_000,
      waitForConnectionMs: 60_000,
    });
    home = await productHome();
    await runCommand("db/registry/import-command.ts", [dingtalkDistrict()], home.env);
    product = await startProduct({
      ...home.env,
      ...gateway.env(),
      DINGTALK_MESSAGES_PER_MINUTE: "100000",
    });
  });
  afterAll(async () => {
    await product?.stop();
    await gateway?.stop();
    await home?.remove();
  });

  it("handles every acknowledged message exactly once and sends every reply", async () => {
    const neighbours = gateway.group("cid-nantang-3", "南塘3网格群");
    const speaking = (async () => {
      for (let index = 0; index < MESSAGES; index++) {
        await neighbours.says(`resident-${index}`, report(index));
        if (index % 50 === 25) gateway.stream.reset();
        await wait(15);
      }
    })();
    for (let kills = 0; kills < KILLS; kills++) {
      await wait(900);
      await product.kill();
      product = await startProduct({
        ...home.env,
        ...gateway.env(),
        DINGTALK_MESSAGES_PER_MINUTE: "100000",
      });
    }
    await speaking;

    const events = await eventually(async () => {
      const all = await allEvents(product);
      return all.length >= MESSAGES ? all : null;
    });
    await wait(3_000); // a redelivery under way would make a second event now
    expect((await allEvents(product)).length).toBe(MESSAGES);
    expect(new Set(events.map((event) => event.summary)).size).toBe(MESSAGES);

    const replied = await eventually(async () => {
      const texts = neighbours.said().map((sent) => sent.text);
      return events.every((event) => texts.some((text) => text.includes(event.no))) ? texts : null;
    });
    // Between sending and noting it a kill may fall: then, and only then, the same words go out again.
    const repeats = replied.length - new Set(replied).size;
    expect(repeats).toBeLessThanOrEqual(KILLS * 16);
    expect(new Set(replied).size).toBe(MESSAGES);
  }, 300_000);
});

interface EventSummary {
  no: string;
  summary: string;
}

async function allEvents(product: RunningProduct): Promise<EventSummary[]> {
  const found: EventSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: EventSummary[]; nextCursor: string | null } = (
      await product.api(
        `/api/events?limit=200${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
      )
    ).body as never;
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}
