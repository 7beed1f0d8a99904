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

const MESSAGES = 60;
const onPostgres = process.env.TEST_ENGINE === "postgres";
if (!onPostgres)
  console.info("two-instances: skipped, the embedded database belongs to one process");

describe.skipIf(!onPostgres)("two instances on one PostgreSQL", () => {
  let gateway: Gateway;
  let home: ProductHome;
  let products: RunningProduct[] = [];

  beforeAll(async () => {
    gateway = await startGateway({
      redeliverAfterMs: 1_500,
      redeliveries: 20,
      callsPerSecond: 1_000,
    });
    home = await productHome();
    await runCommand("db/registry/import-command.ts", [dingtalkDistrict()], home.env);
    const env = { ...home.env, ...gateway.env(), DINGTALK_MESSAGES_PER_MINUTE: "100000" };
    // Both migrate and connect at once, as in a rolling update.
    products = await Promise.all([startProduct(env), startProduct(env)]);
    await gateway.stream.connected(2);
  });
  afterAll(async () => {
    await Promise.all(products.map((product) => product.stop()));
    await gateway?.stop();
    await home?.remove();
  });

  it("handle every message once between them, also when one of them is killed", async () => {
    const neighbours = gateway.group("cid-nantang-3", "南塘3网格群");
    const [first, second] = products;
    for (let index = 0; index < MESSAGES; index++) {
      await neighbours.says(
        `resident-${index}`,
        `学院公寓${1 + (index % 4)}幢${1 + Math.floor(index / 4)}单元门口垃圾桶满了`,
      );
      if (index === MESSAGES / 2) await second?.kill();
      await wait(10);
    }
    const numbers = await eventually(async () => {
      const found = new Set(
        neighbours.said().flatMap((sent) => /SJ\d{8}-\d{4}/.exec(sent.text)?.[0] ?? []),
      );
      return found.size >= MESSAGES ? found : null;
    });
    expect(numbers.size).toBe(MESSAGES);
    const all = await first?.api("/api/events?limit=200");
    expect(all?.body.items).toHaveLength(MESSAGES);
  });
});
