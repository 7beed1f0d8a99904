import { afterAll, beforeAll, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
afterAll(() => chat.close());

const byApp = { channel: "api", source: "hotline12345" };

it("a hotline's report from a resident group becomes an event of the group's street", async () => {
  const said = await chat.say(
    "hotline12345:17",
    "nantang-1",
    "南塘家园3幢楼下垃圾桶满了,臭死了",
    byApp,
  );
  const event = await chat.event(numberIn(said));
  expect(event.row).toMatchObject({
    source: "hotline12345",
    streetCode: "SLQ-WC",
    gridCode: "SLQ-WC-NT-1",
  });
  expect(event.reporters[0]).toMatchObject({ channel: "api", personId: null });
});

it("an official who reports with a token of their own is known", async () => {
  const said = await chat.say(
    "person:nantang1-worker",
    "private:person:nantang1-worker",
    "南塘家园5幢门口路灯不亮",
    byApp,
  );
  const event = await chat.event(numberIn(said));
  expect(event.reporters[0]?.personId).toBe("nantang1-worker");
});

it("where an app knows the place beside the words, nobody is asked for it", async () => {
  const placed = { ...byApp, placeHint: "南塘家园5幢" };
  const said = await chat.say("hotline12345:19", "private:hotline12345:19", "楼道灯不亮", placed);
  const { row } = await chat.event(numberIn(said));
  expect(row).toMatchObject({
    status: "pendingAccept",
    placeRaw: "南塘家园5幢",
    streetCode: "SLQ-WC",
  });
  const elsewhere = { ...byApp, placeHint: "无名岔路" };
  const other = await chat.say("hotline12345:20", "private:hotline12345:20", "路灯不亮", elsewhere);
  expect((await chat.event(numberIn(other))).row.placeRaw).toBe("无名岔路");
  const own = await chat.say(
    "hotline12345:21",
    "private:hotline12345:21",
    "柳岸新村2幢楼道灯不亮",
    placed,
  );
  expect((await chat.event(numberIn(own))).row.placeRaw).toBe("柳岸新村2幢");
});

it("an answer that no channel can carry does not wait in the outbox for ever", async () => {
  chat.office.channels = new Set();
  await chat.say("hotline12345:18", "private:hotline12345:18", "南塘农贸市场门口污水外溢", byApp);
  chat.office.channels = new Set(["sandbox"]);
  const later = await chat.settle();
  expect(later.map((one) => one.to)).not.toContain("private:hotline12345:18");
});
