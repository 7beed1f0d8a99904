import { afterAll, beforeAll, expect, it } from "vitest";
import type { ProposedItem } from "../../bot/understanding/model/chat-model.ts";
import { disagreements } from "../../db/queries/disagreements.ts";
import { type Chat, numberIn, openChat } from "../support/chat.ts";

const GROUP = "nantang-3";
const TEXT = "河滨花园北门口垃圾桶满出来了 三天没人倒 电话13800000001";

let chat: Chat;
let proposed: Partial<ProposedItem> = {};
beforeAll(async () => {
  const item = {
    category: null,
    summary: "垃圾桶满出来",
    place: null,
    level: null,
    consult: false,
  };
  chat = await openChat({
    model: {
      propose: async () => ({
        kind: "report",
        confidence: 0.9,
        promptVersion: "parse-report@2",
        items: [{ ...item, ...proposed }],
      }),
    },
  });
});
afterAll(() => chat.close());

it("keeps what rules and model took an event for, where they differ, as something to learn from", async () => {
  proposed = { category: "env.binOverflow" };
  await chat.say("li", GROUP, TEXT);
  expect(await disagreements(chat.database, new Date(0), 10)).toEqual([]);

  await chat.fresh();
  proposed = { category: "env.exposedTrash" };
  const no = numberIn(await chat.say("li", GROUP, TEXT));
  expect(await disagreements(chat.database, new Date(0), 10)).toEqual([
    {
      no,
      words: expect.stringContaining("138****0001"),
      rules: "env.binOverflow",
      model: "env.exposedTrash",
      category: "env.exposedTrash",
    },
  ]);
  expect(await disagreements(chat.database, new Date("2027-01-01"), 10)).toEqual([]);
});
