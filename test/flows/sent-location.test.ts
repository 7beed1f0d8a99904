import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";

/** In the middle of 南塘2网格 of the sample district, and far outside of it. */
const IN_NANTANG_2 = { lng: 120.503, lat: 28.5075 };
const FAR_AWAY = { lng: 121.4, lat: 31.2 };

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const reports = async (text: string, location: { lng: number; lat: number }) =>
  (await chat.event(numberIn(await chat.say("li", "private:li", text, { location })))).row;

describe("a location that comes with a report", () => {
  it("says where it is when the words do not, by the grid's boundary", async () => {
    expect(await reports("井盖破了", IN_NANTANG_2)).toMatchObject({
      status: "pendingAccept",
      placeRaw: "南塘2网格内,发来的位置",
      gridCode: "SLQ-WC-NT-2",
      streetCode: "SLQ-WC",
      ...IN_NANTANG_2,
    });
  });

  it("gives a place that the registry does not know its grid", async () => {
    expect(await reports("老樟树旁边井盖破了", IN_NANTANG_2)).toMatchObject({
      gridCode: "SLQ-WC-NT-2",
    });
  });

  it("does not move a place that was named", async () => {
    expect(await reports("锦绣苑5幢井盖破了", IN_NANTANG_2)).toMatchObject({
      placeRaw: "锦绣苑5幢",
      gridCode: expect.stringMatching(/^SLQ-WC-JX/),
    });
  });

  it("outside of every boundary is kept as it is", async () => {
    expect(await reports("井盖破了", FAR_AWAY)).toMatchObject({
      placeRaw: "发来的位置",
      gridCode: null,
      ...FAR_AWAY,
    });
  });

  it("tells the rescuers of an emergency where somebody stands", async () => {
    expect(await reports("着火了快来人", IN_NANTANG_2)).toMatchObject({
      gridCode: "SLQ-WC-NT-2",
      ...IN_NANTANG_2,
    });
  });
});
