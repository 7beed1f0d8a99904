import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findPersonById } from "../../db/queries/directory.ts";
import type { Actor } from "../../services/domain/actor.ts";
import { actOnEvent } from "../../services/workflows/act-on-event.ts";
import { type Chat, openChat } from "../support/chat.ts";
import { bring, DISPATCHER, owed, reported, SQUAD, statusOf, WORK } from "./town.ts";

describe("two people at once on one event", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());

  async function actor(id: string): Promise<Actor> {
    const person = await findPersonById(chat.database, id);
    if (person === null) throw new Error(`nobody is called ${id}`);
    const { name, orgCode, streetCode, roles, gridCodes } = person;
    return {
      personId: id,
      name,
      orgCode,
      streetCode,
      roles,
      gridCodes,
      channel: "sandbox",
      platformUserId: id,
    };
  }

  /** Both in a transaction of their own, begun together. */
  const together = async (no: string, action: "accept" | "sign", who: readonly string[]) => {
    const actors = await Promise.all(who.map(actor));
    return Promise.all(
      actors.map((one) =>
        chat.database.transaction((tx) => actOnEvent(tx, chat.office, no, { action }, one, null)),
      ),
    );
  };

  it("lets one dispatcher accept, and tells the other what it is by now", async () => {
    const no = await reported(chat);
    const outcomes = await together(no, "accept", [DISPATCHER, "wangchao-dispatcher-2"]);
    expect(outcomes.map((outcome) => outcome.ok).sort()).toEqual([false, true]);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      code: "notAllowed",
      detail: { status: "accepted" },
    });
    expect(await chat.steps(no)).toEqual(["report", "accept"]);
    expect(await owed(chat, no)).toEqual(["assign SLQ-WC 11月26日17:30"]);
  });

  it("lets one of a squad sign", async () => {
    const no = await reported(chat);
    await bring(chat, no, "accepted");
    await chat.say(DISPATCHER, WORK, `交办 ${no} 给综合执法中队`);
    const outcomes = await together(no, "sign", SQUAD);
    expect(outcomes.map((outcome) => outcome.ok).sort()).toEqual([false, true]);
    expect(await statusOf(chat, no)).toBe("handling");
    expect((await chat.event(no)).state.assignees).toHaveLength(1);
  });
});
