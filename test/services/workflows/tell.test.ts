import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findEvent } from "../../../db/queries/events.ts";
import { tell } from "../../../services/domain/event-actions/decision.ts";
import { tellPeople } from "../../../services/workflows/tell.ts";
import { type Chat, numberIn, openChat } from "../../support/chat.ts";

describe("telling people", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  afterAll(() => chat.close());

  it("asks the command room to ring whoever reported by a hotline, which has no chat of ours", async () => {
    const no = numberIn(
      await chat.say("hotline12345:17", "nantang-3", "学院公寓3幢楼下垃圾桶满了没人倒", {
        channel: "api",
        source: "hotline12345",
      }),
    );
    // A district on DingTalk alone: its command room has a group there, the hotline has none.
    await chat.database.orm.execute(
      sql`update groups set channel = 'dingtalk' where conversation_id = 'wangchao-work'`,
    );
    const office = { ...chat.office, channels: new Set(["dingtalk"]) };
    await chat.database.transaction(async (tx) => {
      const event = await findEvent(tx, no);
      if (event === null) throw new Error("the report made no event");
      const result = {
        ...tell("reporters", "completed", event.state, { note: "已清运" }),
        feedback: { eventNo: no, side: "reporter" as const },
      };
      await tellPeople(tx, office, "step", [result], null, event);
    });
    const waiting = await chat.database.rows<{ kind: string; to: string }>(sql`
      select body ->> 'kind' as kind, conversation_id as "to" from outbox where status = 'pending'`);
    expect(waiting).toEqual([{ kind: "reporterNotReached", to: "wangchao-work" }]);
  });
});
