import { expect, it } from "vitest";
import type { Database } from "../../../db/client.ts";
import { realClock } from "../../../services/clock.ts";
import type { IncomingMessage } from "../../../services/domain/incoming.ts";
import { messageStore } from "../../../services/workflows/store-message.ts";

const message = (index: number): IncomingMessage => ({
  channel: "dingtalk",
  dedupeKey: `m${index}`,
  conversation: { id: "c", type: "group", title: null },
  sender: { platformUserId: `u${index}`, nick: null },
  sentAt: new Date(),
  text: "垃圾桶满了",
  attachments: [],
  location: null,
  reply: null,
  unsupported: null,
  source: null,
  onBehalfOf: null,
  placeHint: null,
});

it("gives a whole batch back at once while the database is away, instead of asking for each message", async () => {
  let asked = 0;
  const away = {
    rows() {
      asked++;
      throw Object.assign(new Error("timeout"), { code: "ETIMEDOUT" });
    },
  } as unknown as Database;
  const store = messageStore(
    away,
    realClock,
    () => {},
    () => {},
  );
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, i) => store(message(i))),
  );
  expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
  expect(asked).toBe(1);
});
