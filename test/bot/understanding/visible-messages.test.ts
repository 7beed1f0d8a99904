import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { buildKnowledge } from "../../../bot/understanding/knowledge.ts";
import { understandByRules } from "../../../bot/understanding/understand-by-rules.ts";
import { heard, pastEvents, sampleCatalog } from "../../support/heard.ts";
import { readingDirectory } from "../../support/reading-district.ts";

const file = process.env.VISIBLE_MESSAGES;
if (file === undefined) {
  console.info(
    "Labelled messages of a file of your own are not read: set VISIBLE_MESSAGES to their file to check them too.",
  );
}

const Message = z.object({
  id: z.string(),
  role: z.string(),
  chat: z.string(),
  text: z.string(),
  kind: z.string(),
  items: z.array(
    z.object({
      category: z.string(),
      level: z.number().nullable(),
      urgency: z.string().nullable(),
      place: z.string(),
    }),
  ),
});

const GRIDS: [string, string][] = [
  ["南塘3", "G-NT3"],
  ["柳岸2", "G-LA2"],
  ["锦绣2", "G-JX2"],
  ["河滨1", "G-HB1"],
  ["泉畔4", "G-QP4"],
  ["桥头", "G-QT"],
];
/** The file names what an order does; here every order is a `command` with the action it means. */
const ORDERS: Record<string, string> = {
  verify: "verify",
  callDraft: "callDraft",
  callApprove: "approve",
  closingOpinion: "close",
  callDispatch: "dispatch",
  respondAccept: "respond",
  checkIn: "checkIn",
  completionFeedback: "complete",
};
/** What had happened before, where a message follows another. */
const BEFORE: Record<
  string,
  { own?: ReturnType<typeof pastEvents>; neighbour?: ReturnType<typeof pastEvents> }
> = {
  M33: {
    own: pastEvents([{ category: "env.clutter", place: "5幢楼道", status: "pendingAccept" }]),
  },
  M37: {
    neighbour: pastEvents([{ category: "service.utility", place: "", status: "pendingAccept" }]),
  },
  M38: {
    neighbour: pastEvents([{ category: "service.utility", place: "", status: "pendingAccept" }]),
  },
  M39: {
    own: pastEvents([{ category: "facility.streetlight", place: "滨河路", status: "handling" }]),
  },
  M41: {
    own: pastEvents([{ category: "facility.streetlight", place: "滨河路", status: "completed" }]),
  },
};

describe.skipIf(file === undefined)("labelled messages of a file by rules alone", () => {
  const knowledge = buildKnowledge(readingDirectory(sampleCatalog()));
  const messages =
    file === undefined
      ? []
      : readFileSync(file, "utf8")
          .trim()
          .split("\n")
          .map((line) => Message.parse(JSON.parse(line)));

  it.each(messages.map((message) => [message.id, message.text, message] as const))(
    "%s %s",
    (id, text, message) => {
      const official = message.role !== "resident";
      const understood = understandByRules(
        heard(text, {
          speaker: { official, roles: official ? [message.role as never] : [] },
          conversation: {
            type: message.chat === "私聊" ? "private" : "group",
            kind:
              message.chat === "工作群"
                ? "work"
                : message.chat === "呼叫群"
                  ? "call"
                  : message.chat === "私聊"
                    ? null
                    : "resident",
            gridCode: GRIDS.find(([name]) => message.chat.startsWith(name))?.[1] ?? null,
          },
          ownEvents: BEFORE[id]?.own ?? [],
          neighbourEvents: BEFORE[id]?.neighbour ?? [],
        }),
        knowledge,
      );
      const order = ORDERS[message.kind];
      expect(understood.kind).toBe(order === undefined ? message.kind : "command");
      if (order !== undefined) {
        expect(understood.commands[0]?.action).toBe(order);
        return;
      }
      if (message.kind === "correct") {
        expect(understood.correction?.place?.standard).toBe(message.items[0]?.place);
        return;
      }
      if (message.kind === "progressQuery") return;
      expect(understood.items.map((item) => item.category)).toEqual(
        message.items.map((item) => item.category),
      );
      message.items.forEach((wanted, index) => {
        const item = understood.items[index];
        if (wanted.level !== null) expect(item?.level).toBe(wanted.level);
        if (wanted.urgency !== null) expect(item?.urgency).toBe(wanted.urgency);
        if (/^[^(]+$/.test(wanted.place)) expect(item?.place.standard).toBe(wanted.place);
      });
    },
  );
});
