import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readPress } from "../../../bot/cards/read-press.ts";
import { toPress } from "../../../bot/channels/dingtalk/to-press.ts";
import type { Database } from "../../../db/client.ts";
import { keepCard } from "../../../db/queries/cards.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";
import { insertPlainEvent } from "../../support/duties.ts";

const SENT = new Date("2026-11-25T10:00:00+08:00");
const EXPIRES = new Date("2026-12-02T10:00:00+08:00");

describe("a card that hangs with one person", () => {
  let database: Database;
  let no: string;
  beforeAll(async () => {
    ({ database } = await testDatabase());
  });
  beforeEach(async () => {
    await emptyDatabase(database);
    no = await insertPlainEvent(database);
    await hang("card-1");
  });
  afterAll(() => database.close());

  const hang = (id: string) =>
    database.transaction((tx) =>
      keepCard(tx, {
        id,
        channel: "dingtalk",
        subjectNo: no,
        purpose: "accept",
        orgCode: "SLQ-WC",
        linked: false,
        address: "dingtalk|person:wang",
        conversationId: null,
        platformUserId: "wang",
        createdAt: SENT,
        expiresAt: EXPIRES,
      }),
    );
  async function press(now: Date, who = "wang", card = "card-1") {
    const content = JSON.stringify({ cardPrivateData: { params: { action: "accept.1" } } });
    const read = toPress(JSON.stringify({ outTrackId: card, userId: who, content }), now);
    if (!read.ok) throw new Error(read.problem);
    return readPress(database, read.message, now);
  }

  it("is pressed as if its words were typed, until it expires", async () => {
    const lastMoment = new Date(EXPIRES.getTime() - 1);
    expect(await press(lastMoment)).toMatchObject({ ok: true, message: { text: `受理 ${no}` } });
    expect(await press(EXPIRES)).toMatchObject({
      ok: false,
      code: "cardExpired",
      subjectNo: no,
      text: expect.stringContaining(`受理 ${no}`),
    });
  });

  it("does nothing for somebody else, nor once a newer one hangs there, nor where nobody knows it", async () => {
    expect(await press(SENT, "somebody")).toMatchObject({ ok: false, code: "notYourCard" });
    await hang("card-2");
    expect(await press(SENT)).toMatchObject({ ok: false, code: "cardReplaced" });
    expect(await press(SENT, "wang", "card-2")).toMatchObject({ ok: true });
    expect(await press(SENT, "wang", "card-3")).toMatchObject({ ok: false, code: "unknownCard" });
  });
});
