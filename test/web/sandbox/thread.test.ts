import { describe, expect, it } from "vitest";
import type { Line, Understood } from "../../../web/sandbox/api.ts";
import { residentNamed } from "../../../web/sandbox/speakers.ts";
import { emptyThread, fetchAfter, merge } from "../../../web/sandbox/thread.ts";

const READ: Understood = {
  kind: "chitchat",
  kindName: "闲聊",
  items: [],
  confidence: 1,
  by: "rules",
  eventNos: [],
  commandNames: [],
  injection: false,
};
const line = (id: string, changes: Partial<Line> = {}): Line => ({
  id,
  at: "2026-11-23T09:00:00+08:00",
  from: "李阿姨",
  text: id,
  messageId: `m-${id}`,
  pictures: [],
  understood: READ,
  ...changes,
});
const thread = () => emptyThread(residentNamed("李阿姨"));

describe("a conversation as the page keeps it", () => {
  it("keeps the order of arrival, whatever comes when, and each line once", () => {
    const one = thread();
    merge(one, [line("b"), line("c")]);
    merge(one, [line("a"), line("c", { text: "newer" })]);
    expect(one.lines.map((each) => each.text)).toEqual(["a", "b", "newer"]);
  });

  it("takes what has arrived off what is still on its way", () => {
    const one = thread();
    const pending = (messageId: string) => ({
      messageId,
      from: "李阿姨",
      text: "",
      pictures: [],
      at: 0,
      state: "sending" as const,
      problem: "",
    });
    one.pending = [pending("m-a"), pending("m-z")];
    merge(one, [line("a")]);
    expect(one.pending.map((each) => each.messageId)).toEqual(["m-z"]);
  });

  it("fetches again from the first message that has not been read yet", () => {
    const one = thread();
    expect(fetchAfter(one)).toBeUndefined();
    merge(one, [line("a"), line("b"), line("c", { understood: null }), line("d")]);
    expect(fetchAfter(one)).toBe("b");
    merge(one, [line("c")]);
    expect(fetchAfter(one)).toBe("d");
  });

  it("does not wait for ever for the reading of an old message", () => {
    const one = thread();
    merge(one, [line("a", { understood: null })]);
    merge(
      one,
      Array.from({ length: 30 }, (_, n) => line(`b${String(n).padStart(2, "0")}`)),
    );
    expect(fetchAfter(one)).toBe("b29");
  });
});
