import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { retireMessages } from "../../../services/workflows/retire-messages.ts";
import { type Chat, numberIn, openChat } from "../../support/chat.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
afterAll(() => chat.close());

it("empties messages after thirty days and keeps the event with its words", async () => {
  const no = numberIn(await chat.say("auntie-li", "nantang-3", "学院公寓3幢楼下垃圾桶满了"));
  const kept = () =>
    chat.database.rows<{ words: string }>(sql`
      select message ->> 'text' as words from inbox where message ->> 'text' <> ''
      union all select body -> 'params' ->> 'text' from outbox where body -> 'params' ->> 'text' <> ''`);
  chat.clock.advance({ days: 29 });
  expect(await retireMessages(chat.database, chat.office)).toBe(0);
  expect((await kept()).length).toBeGreaterThan(0);

  chat.clock.advance({ days: 2 });
  expect(await retireMessages(chat.database, chat.office)).toBeGreaterThan(0);
  expect(await kept()).toEqual([]);
  expect((await chat.event(no)).row.words).toBe("学院公寓3幢楼下垃圾桶满了");
  expect(await retireMessages(chat.database, chat.office)).toBe(0);
});
