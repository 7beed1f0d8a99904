import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";

describe("whoever scanned the QR code of a grid", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());
  const gridCode = "SLQ-WC-NT-3";

  it("is welcomed by its name, and reports from there", async () => {
    const [welcome] = await chat.say("li", "private:li", "", { gridCode, arrived: true });
    expect(welcome?.text).toMatch(/我是一呼,南塘3网格的事直接告诉我.*隐私/);
    const no = numberIn(await chat.say("li", "private:li", "3幢整幢楼停电了", { gridCode }));
    expect((await chat.event(no)).row).toMatchObject({ gridCode, streetCode: "SLQ-WC" });
  });

  it("of a grid that the district does not have is welcomed all the same", async () => {
    const [welcome] = await chat.say("li", "private:li", "", { gridCode: "NO-1", arrived: true });
    expect(welcome?.text).toMatch(/^您好,我是一呼。.*隐私/);
  });

  it("may answer the question where by sending the place", async () => {
    const no = numberIn(await chat.say("li", "private:li", "井盖破了"));
    expect((await chat.event(no)).row.status).toBe("draft");
    const location = { lng: 120.503, lat: 28.5075 };
    await chat.say("li", "private:li", "", { location });
    expect((await chat.event(no)).row).toMatchObject({
      status: "pendingAccept",
      gridCode: "SLQ-WC-NT-2",
      ...location,
    });
  });
});
