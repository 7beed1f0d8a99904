import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCalendar } from "../../services/calendar.ts";
import { nextWorkday } from "../../services/domain/calendar.ts";
import { addDays, isoLocal, localDay, momentOf } from "../../services/domain/time.ts";
import {
  eventually,
  type ProductHome,
  productHome,
  type RunningProduct,
  startProduct,
} from "../support/product.ts";

let home: ProductHome;
let product: RunningProduct;
beforeAll(async () => {
  home = await productHome();
  product = await startProduct({ ...home.env, SANDBOX: "1" });
});
afterAll(async () => {
  await product.stop();
  await home.remove();
});

const heardInWorkGroup = async (): Promise<{ at: string; text: string }[]> => {
  const { body } = await product.api("/sandbox/messages?conversationId=wangchao-work");
  return body.items as { at: string; text: string }[];
};

describe("the sandbox's clock", () => {
  it("says what fell due before the call that moved it returns", async () => {
    await product.api("/sandbox/messages", {
      conversationId: "hebin-1",
      userId: "auntie-li",
      text: "河滨花园3幢楼下垃圾桶满了没人清",
    });
    const no = await eventually(async () => {
      const texts = (await heardInWorkGroup()).map(({ text }) => text).join("\n");
      return /SJ\d{8}-\d{4}/.exec(texts)?.[0] ?? null;
    });
    const day = nextWorkday(makeCalendar(), addDays(localDay(new Date()), 14));
    const moved = await product.api("/sandbox/clock", { now: isoLocal(momentOf(day, 10 * 60)) });
    expect(moved.status).toBe(200);

    // Two weeks in one step leave the history of two weeks: a red card each working day at nine.
    const cards = (await heardInWorkGroup()).filter(({ text }) => text.startsWith("【红牌"));
    expect(cards.length).toBeGreaterThan(5);
    expect(
      cards.filter(({ at, text }) => at.slice(11, 16) !== "09:00" || !text.includes(no)),
    ).toEqual([]);
    expect(new Set(cards.map(({ at }) => at.slice(0, 10))).size).toBe(cards.length);
    const { body } = await product.api("/sandbox/messages?conversationId=hebin-1");
    expect(JSON.stringify(body)).not.toContain("红牌");
    expect((await product.api("/readyz")).body).toMatchObject({ ready: true });
  });
});
