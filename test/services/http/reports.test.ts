import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SEALED } from "../../../db/contacts/vault.ts";
import { claimMessages } from "../../../db/queries/inbox.ts";
import { inbox } from "../../../db/schema/index.ts";
import { type Api, openApi } from "../../support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const report = (changes: Record<string, unknown> = {}) => ({
  text: "南塘家园3幢楼下垃圾桶满了",
  source: "app",
  ...changes,
});
const stored = async (messageId: string) => {
  const [row] = await api.database.orm.select().from(inbox).where(eq(inbox.id, messageId));
  if (row === undefined) throw new Error("not in the inbox");
  return row.message;
};
const postReport = async (changes: Record<string, unknown>, who?: string) => {
  const answer = await api.post("/api/reports", report(changes), who);
  expect(answer.status).toBe(202);
  return stored(answer.body.messageId);
};

describe("a report by the API", () => {
  it("takes the same road as chat: it lies in the inbox when it is acknowledged", async () => {
    const message = await postReport({
      channelMessageId: "m-1",
      reporter: { name: "王五", phone: "138 0000 1234" },
      place: { raw: "南塘家园", lng: 120.5, lat: 28.51 },
      source: "hotline12345",
    });
    expect(message).toMatchObject({
      channel: "api",
      dedupeKey: "hotline12345:m-1",
      source: "hotline12345",
      text: "南塘家园3幢楼下垃圾桶满了",
      placeHint: "南塘家园",
      location: { lng: 120.5, lat: 28.51 },
      conversation: { type: "private" },
    });
    expect(message.onBehalfOf).toMatch(new RegExp(`^${SEALED}`));
    const [claimed] = await claimMessages(api.database, new Date(), 1, 1);
    expect(claimed?.message.onBehalfOf).toEqual({ name: "王五", phone: "138 0000 1234" });
  });

  it("with the same message id twice is one report", async () => {
    const twice = await Promise.all([
      api.post("/api/reports", report({ channelMessageId: "same" })),
      api.post("/api/reports", report({ channelMessageId: "same" })),
    ]);
    const again = await api.post("/api/reports", report({ channelMessageId: "same" }));
    const ids = [...twice, again].map((answer) => answer.body.messageId);
    expect(new Set(ids).size).toBe(1);
    const other = await api.post("/api/reports", report({ channelMessageId: "other" }));
    expect(other.body.messageId).not.toBe(ids[0]);
  });

  it("knows a reporter again by id within the source, and by phone everywhere", async () => {
    const sender = async (changes: Record<string, unknown>) =>
      (await postReport(changes)).sender.platformUserId;
    expect(await sender({ reporter: "wx-17" })).toBe(await sender({ reporter: { id: "wx-17" } }));
    expect(await sender({ reporter: "wx-17" })).not.toBe(
      await sender({ reporter: "wx-17", source: "hotline12345" }),
    );
    const byPhone = await sender({ reporter: { phone: "+86 138-0000-1234" } });
    expect(byPhone).toBe(await sender({ reporter: "13800001234", source: "hotline12345" }));
    expect(byPhone).not.toContain("1234567");
    expect(byPhone).not.toContain("13800001234");
    // A name alone is nobody in particular: two of them must not read each other's progress.
    expect(await sender({ reporter: { name: "王五" } })).not.toBe(
      await sender({ reporter: { name: "王五" } }),
    );
  });

  it("is the token's own person unless somebody else is named, and cannot pretend to be one", async () => {
    const own = await postReport({}, "nantang1-worker");
    expect(own.sender.platformUserId).toBe("person:nantang1-worker");
    const pretended = await postReport({ reporter: "person:district-admin" });
    expect(pretended.sender.platformUserId).toBe("app:person:district-admin");
  });

  it("in a group masks numbers before anything is stored", async () => {
    const message = await postReport({ text: "电话13800001234", groupId: "nantang-1" });
    expect(message.conversation).toEqual({
      id: "nantang-1",
      type: "group",
      title: "南塘1网格群",
    });
    expect(message.text).not.toContain("13800001234");
  });

  it.each([
    [{ text: "" }, 400],
    [{ text: " \u0000 " }, 400],
    [{ text: "长".repeat(10_001) }, 400],
    [{ source: "gossip" }, 400],
    [{ source: undefined }, 400],
    [{ groupId: "no-such-group" }, 422],
  ])("with %j is %i", async (changes, status) => {
    const answer = await api.post("/api/reports", report(changes));
    expect(answer.status).toBe(status);
    expect(answer.body.errors.length).toBeGreaterThan(0);
  });

  it("may have 10,000 characters, also those outside the first plane, and odd signs", async () => {
    const message = await postReport({ text: "𠮷".repeat(10_000) });
    expect([...message.text].length).toBe(10_000);
    const odd = await postReport({
      text: "路灯\u0000坏了\ud800",
      reporter: { name: "王\u0000五", id: "\u0007x" },
      channelMessageId: "o\u0000dd",
    });
    expect(odd.text).toBe("路灯坏了\ufffd");
  });

  it("can be followed: what it was taken for, and its events", async () => {
    const { messageId } = (await api.post("/api/reports", report())).body;
    expect((await api.get(`/api/reports/${messageId}`)).body).toEqual({
      messageId,
      status: "pending",
      kind: null,
      events: [],
    });
    const { no } = (await api.event({}, { message: { id: messageId, item: 0 } })).row;
    expect((await api.get(`/api/reports/${messageId}`)).body.events).toEqual([
      { no, status: "pendingAccept", statusName: "待受理" },
    ]);
    expect((await api.get("/api/reports/019300a0-0000-7000-8000-000000000000")).status).toBe(404);
  });
});
