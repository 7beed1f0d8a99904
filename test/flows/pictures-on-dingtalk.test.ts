import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Gateway } from "../support/dingtalk-gateway/gateway.ts";
import { type OnDingTalk, openOnDingTalk } from "../support/on-dingtalk.ts";
import { eventually } from "../support/product.ts";

// The smallest PNG: one transparent point.
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("pictures on DingTalk", () => {
  let town: OnDingTalk;
  let gateway: Gateway;

  beforeAll(async () => {
    town = await openOnDingTalk();
    ({ gateway } = town);
  });
  afterAll(() => town.close());

  it("are fetched at once, named by what they hold, and belong to the words that follow", async () => {
    const neighbours = gateway.group("cid-nantang-3", "南塘3网格群");
    await neighbours.says("auntie-li", { picture: PNG });
    await neighbours.says("auntie-li", "就这里 学院公寓3幢楼下垃圾桶满了");
    await neighbours.hears(/已登记 SJ/);

    const sha256 = createHash("sha256").update(PNG).digest("hex");
    const file = join(
      town.home.env.DATA_DIR ?? "",
      "attachments",
      sha256.slice(0, 2),
      `${sha256}.png`,
    );
    await eventually(async () => (existsSync(file) ? true : null));
    expect(await readFile(file)).toEqual(PNG);
  });

  it("that are no pictures are not kept", async () => {
    const neighbours = gateway.group("cid-nantang-3", "南塘3网格群");
    const script = Buffer.from("<script>alert(1)</script>");
    await neighbours.says("old-zhou", {
      richText: ["学院公寓1幢楼道堆了纸箱", { picture: script }],
    });
    await neighbours.hears(/已登记 SJ/);
    const sha256 = createHash("sha256").update(script).digest("hex");
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(existsSync(join(town.home.env.DATA_DIR ?? "", "attachments", sha256.slice(0, 2)))).toBe(
      false,
    );
  });
});
