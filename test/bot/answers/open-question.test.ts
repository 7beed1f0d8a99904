import { describe, expect, it } from "vitest";
import { DIALOG_EVENT, isCourtesy, openQuestion } from "../../../bot/answers/open-question.ts";
import type { EventRecord } from "../../../db/queries/events.ts";

const createdAt = new Date("2026-11-25T09:00:00+08:00");
const minutesLater = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000);

const event = (row: Partial<EventRecord["row"]>): EventRecord =>
  ({
    row: {
      no: "SJ1",
      status: "draft",
      kind: "report",
      missing: ["place"],
      placeRaw: null,
      createdAt,
      ...row,
    },
  }) as EventRecord;
const asks = (row: Partial<EventRecord["row"]>, minutes = 5) =>
  openQuestion({ [DIALOG_EVENT]: "SJ1" }, [event(row)], minutesLater(minutes), 30)?.asks ?? null;

describe("the open question", () => {
  it("is what the draft lacks first, as long as it is a draft", () => {
    expect(asks({})).toBe("place");
    expect(asks({ missing: ["situation"], placeRaw: "学院公寓3幢" }, 600)).toBe("situation");
  });

  it("stays for a while after a person took the draft over without a place", () => {
    expect(asks({ status: "pendingAccept" })).toBe("place");
    expect(asks({ status: "pendingAccept" }, 31)).toBeNull();
    expect(asks({ status: "pendingAccept", placeRaw: "学院公寓3幢" })).toBeNull();
    expect(asks({ status: "rejected" })).toBeNull();
  });

  it("stays for an emergency, whose place may become more exact", () => {
    expect(asks({ status: "accepted", urgency: "critical", placeRaw: "学院公寓" })).toBe("place");
  });

  it("is none without a dialog, or about an event that is not the speaker's any more", () => {
    expect(openQuestion(null, [event({})], minutesLater(1), 30)).toBeNull();
    expect(openQuestion({ [DIALOG_EVENT]: "SJ2" }, [event({})], minutesLater(1), 30)).toBeNull();
  });
});

describe("courtesy", () => {
  it.each(["谢谢", "谢谢你们啦!", "好的", "嗯嗯", "辛苦了", "麻烦您了~", "OK"])("is %s", (text) => {
    expect(isCourtesy(text)).toBe(true);
  });
  it.each(["不知道", "好像是3幢", "谢谢 在3幢", "3幢", ""])("is not 「%s」", (text) => {
    expect(isCourtesy(text)).toBe(false);
  });
});
